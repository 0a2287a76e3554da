package postgres_test

import (
	"bytes"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// proxy stands between a store and its server, and cuts the cable.
type proxy struct {
	to     string
	listen net.Listener

	mu     sync.Mutex
	open   map[net.Conn]bool
	refuse bool
	// at the next COMMIT: cut before the server gets it, or after
	before, after bool
}

// throughProxy returns a dsn that leads to the same database by way of a proxy.
func throughProxy(t *testing.T, dsn string) (*proxy, string) {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil || u.Port() == "" {
		t.Skipf("the database is not reached over TCP by a URL")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{to: u.Host, listen: l, open: map[net.Conn]bool{}}
	go p.run()
	t.Cleanup(func() { _ = l.Close(); p.cut() })
	u.Host = l.Addr().String()
	return p, u.String()
}

func (p *proxy) run() {
	for {
		client, err := p.listen.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.to)
		p.mu.Lock()
		if err != nil || p.refuse {
			_ = client.Close()
			if err == nil {
				_ = server.Close()
			}
		} else {
			p.open[client], p.open[server] = true, true
			go p.forward(client, server)
			go p.back(server, client)
		}
		p.mu.Unlock()
	}
}

func (p *proxy) forward(from, to net.Conn) {
	buf := make([]byte, 1<<16)
	for {
		n, err := from.Read(buf)
		if err != nil {
			p.drop(from, to)
			return
		}
		commit := bytes.Contains(buf[:n], []byte("COMMIT\x00"))
		p.mu.Lock()
		before, after := commit && p.before, commit && p.after
		if commit {
			p.before, p.after = false, false
		}
		p.mu.Unlock()
		if before {
			p.drop(from, to)
			return
		}
		if after {
			// The client is gone before the answer comes; the server's end stays
			// open, so that it does its work in peace.
			_ = from.(*net.TCPConn).SetLinger(0)
			_ = from.Close()
		}
		if _, err := to.Write(buf[:n]); err != nil {
			p.drop(from, to)
			return
		}
	}
}

func (p *proxy) back(from, to net.Conn) {
	_, _ = io.Copy(to, from)
	p.drop(from, to)
}

func (p *proxy) drop(conns ...net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range conns {
		_ = c.Close()
		delete(p.open, c)
	}
}

// cut closes all connections.
func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		_ = c.Close()
	}
	clear(p.open)
}

func (p *proxy) arm(before, after, refuse bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.before, p.after, p.refuse = before, after, refuse
}
