/// Users and groups of an image: names in, numbers out.
///
/// ```
/// UserDatabase = Account* · Group*            from /etc/passwd and /etc/group of the image
/// Owner        = user id · group id           --chown
/// StepUser     = user id · group ids · home   USER, as a step runs
/// ```
///
/// Nothing here knows the users of this machine.
package dev.jbuild.user;
