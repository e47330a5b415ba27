/// HTTP and HTTPS: everything that jbuild asks of a server goes through here.
///
/// ```
/// Transport = TransportLimits        one Exchange -> one Response: redirects, retries, time limits
/// Exchange  = method · URI · headers · authorization?
/// Response  = URI · status · headers · body
/// Origin    = scheme · host · port   what is secret belongs to one of them
/// ```
///
/// A server is not believed: a transfer without progress ends, redirects are few and never lead out of HTTPS, and
/// what is meant for one origin is sent to no other.
///
/// Nothing here knows what is asked for: neither registries nor files.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110">RFC 9110, HTTP semantics</a>
package dev.jbuild.http;
