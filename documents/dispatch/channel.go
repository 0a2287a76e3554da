package dispatch

import "github.com/vanphong-go/vanphong"

// Channel is the way a document travels (kênh gửi). Those after [Paper] are
// electronic and in the order of their protection, so that a rule names the
// least one.
//
// Paper stands apart: its protection is the envelope and the hand it goes
// through, and no order with the others would say anything.
type Channel uint8

// The channels.
const (
	ChannelUnknown Channel = iota
	Paper                  // bản giấy, giao nhận có ký
	Network                // mạng thông tin diện rộng, phần mềm quản lý văn bản
	Encrypted              // trên mạng, mã hóa bằng sản phẩm của cơ yếu
	Cipher                 // kênh cơ yếu
)

var channelNames = [...]string{"", "bản giấy", "mạng", "mạng, có mã hóa", "cơ yếu"}
var channelCodes = [...]string{"", "paper", "network", "encrypted", "cipher"}

// Name returns the Vietnamese name of the channel.
func (c Channel) Name() string { return vanphong.EnumName(channelNames[:], c) }

// MarshalText writes the channel as its code.
func (c Channel) MarshalText() ([]byte, error) {
	return vanphong.EnumText("channel", channelCodes[:], c)
}

// UnmarshalText reads what MarshalText writes.
func (c *Channel) UnmarshalText(b []byte) (err error) {
	*c, err = vanphong.ParseEnum[Channel]("channel", channelCodes[:], b)
	return err
}

// Electronic reports whether the channel carries files and not paper.
func (c Channel) Electronic() bool { return c >= Network && c <= Cipher }
