/// A Dockerfile's tree becomes a build: variables are expanded, stages resolved, names pinned. Nothing is run.
///
/// ```
/// Frontend.define : Dockerfile × FrontendOptions × BaseImages → BuildDefinition
/// BuildDefinition = (Vertex? root, ImageDraft image)
/// ImageDraft      = (platform, author, container, history: HistoryLine*)
/// HistoryLine     = Inherited(entry) | Made(createdBy, vertex) | Told(createdBy)
/// Frontend.outline: the same                                → Outline, what a build can be given
/// Frontend.withRest : DockerfileException × FrontendOptions → DockerfileException, with what else is wrong
/// Scope           = name → value                 what `$name` means at one instruction
/// ```
///
/// Of images it knows only their configs, through [BaseImages]; of the build context nothing at all.
package dev.jbuild.frontend;
