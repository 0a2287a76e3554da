// Package vntext holds no code: its test holds the text functions of the root
// module to golang.org/x/text, which the root module itself does not import.
package vntext
