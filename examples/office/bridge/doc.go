// Package bridge serves the register office over HTTP for systems that are not
// written in Go: JSON in and out, problem details (RFC 9457) for what is
// refused, and an OpenAPI 3.1 document that says all of it.
//
// It adds no rule of its own. A request is decoded, one method of the SDK is
// called, and what it returns is encoded; who may is asked of the same Guard
// that a Go program would set. What is added is what a door to a network needs:
//
//   - a token for each client ([Client]), of which only the SHA-256 is kept;
//   - rights by organisation: a client of one commune cannot read another's book;
//   - bounds on the size of a request, on its time, on how many a minute;
//   - the mark of secrecy: content above what a client's zone may receive does
//     not leave, see [vanphong.Redaction].
//
// # Asking again
//
// Every write carries the caller's own id and is a PUT, or a POST that can be
// repeated. After a cut connection the caller sends the same request again and
// gets the same number. There is no request whose answer must not be lost.
//
// # Transport
//
// The bridge speaks plain HTTP and belongs on loopback, behind the office's own
// proxy, which ends TLS. Tokens travel in the Authorization header.
package bridge
