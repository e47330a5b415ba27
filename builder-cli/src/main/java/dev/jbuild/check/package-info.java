/// What can be told of a Dockerfile without building it.
///
/// ```
/// Subject            = Dockerfile, target, build arguments, platform
/// LintCommand        = LintRequest        -> Dockerfile -> Findings -> text, JSON or workflow commands
/// DescribeCommand    = DescriptionRequest -> Dockerfile -> Outline or stages -> text or JSON
/// ```
///
/// Text and JSON are those of `docker buildx build --call`. Nothing here knows a rule.
package dev.jbuild.check;
