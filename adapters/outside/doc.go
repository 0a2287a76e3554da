// Package outside holds no code, only a test: that programs which know nothing
// of this repository can import its modules at the version to be released.
package outside
