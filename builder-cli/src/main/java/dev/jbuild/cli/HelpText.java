package dev.jbuild.cli;

/// What `--help` prints.
final class HelpText {
    static final String TEXT = """
            Builds a container image from a Dockerfile, without a daemon.

            Usage: jbuild [build] [-f FILE] [OPTIONS] CONTEXT

            What is built
              CONTEXT                      directory that COPY and ADD read from
              -f, --file FILE              Dockerfile (default: CONTEXT/Dockerfile)
                  --target STAGE           build this stage (default: the last one)
                  --build-arg NAME[=VALUE] value of an ARG; without =VALUE the one in the environment
                  --build-context NAME=DIR, --build-context NAME=oci-layout://DIR[:TAG|@DIGEST]
                                           what FROM NAME and COPY --from=NAME mean

            What becomes of it
              -t, --tag NAME[:TAG]         name of the image, in the store and in the output; repeatable
              -o, --output type=oci,dest=FILE
                                           OCI image layout in one tar file
                  --output type=oci,dest=DIR,tar=false
                                           OCI image layout as a directory, which is replaced whole
                  --output type=tar,dest=FILE
                                           root file system as a tar file
                  --output type=local,dest=DIR, -o DIR
                                           root file system as files
                                           (without any output the image stays in the local store)
                  --iidfile FILE           write the image ID to a file
                  --metadata-file FILE     write digests and names as JSON to a file

            How it is built
                  --no-cache               run every step although its result is known
                  --registry-mirror HOST=URL
                                           ask URL instead of the registry HOST; repeatable
                  --root DIR               directory of the local store

            What is said meanwhile
                  --progress MODE          auto (live on a terminal), plain or quiet
              -q, --quiet                  print nothing but the image ID
              -D, --debug                  print the stack trace of an unexpected failure
                  --version                print the version of jbuild and of Java
              -h, --help                   print this

            Environment
              JBUILD_ROOT                  as --root (default: /var/lib/jbuild for root, else ~/.cache/jbuild)
              JBUILD_REGISTRY_MIRRORS      as --registry-mirror, separated by commas
              NO_COLOR                     plain progress on a terminal too

            Exit codes
              0  done                          4  cannot read or write the store or a result
              1  a step of the build failed    5  no sandbox can be made on this machine
              2  wrong usage or Dockerfile     6  a mistake in jbuild
              3  registry or network failed    128 + n  ended by signal n
            """;

    private HelpText() {}
}
