/// The Dockerfile language: source text in, an immutable tree or located diagnostics out.
///
/// ```
/// Dockerfile   = Directives · Arg* · Stage+
/// Stage        = From · Instruction*
/// Instruction  = From(Word platform?, Word image, Alias?)       | Run(RunMount*, Command)
///              | Copy(Text from?, FileSource+, Word destination) | Add(FileSource+, Word destination)
///              | Env(Binding+) | Label(Binding+)                | Arg(Declaration+)
///              | Workdir(Word) | User(Word) | StopSignal(Word)  | Expose(Word+) | Volume(Word+)
///              | Cmd(Command)  | Entrypoint(Command)            | Healthcheck(Command?, HealthTiming)
///              | Shell(String+) | OnBuild(String trigger)       | Maintainer(Text)
/// Command      = Shell(String line, Heredoc*) | Exec(String*)
/// FileSource   = Path(Word) | Inline(Heredoc)
/// Word         = Part*
/// Part         = Literal | Escaped | Quoted(Part*) | Variable(String name, Substitution?)
/// Substitution = Default(Word) | Alternative(Word) | Required(Word)
///              | RemovePrefix(Word) | RemoveSuffix(Word) | Replace(Word, Word)
/// ```
///
/// Nothing here reads a file, expands a variable or knows what an image is.
///
/// @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
package dev.jbuild.dockerfile;
