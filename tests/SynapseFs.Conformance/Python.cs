using SynapseFs.Testing.Processes;

namespace SynapseFs.Conformance;

/// <summary>Makes the system calls that .NET has no method for. Every script gets its arguments as sys.argv[1:] and prints its findings.</summary>
internal static class Python
{
    public static async Task<string> RunAsync(string script, params string[] arguments) =>
        (await Command.RunAsync("python3", ["-c", script, .. arguments])).Text;

    /// <summary>The name of the errno that an expression ends with, or "none".</summary>
    public static Task<string> ErrnoOfAsync(string expression, params string[] arguments) => RunAsync(
        $"""
         import errno, os, sys
         a = sys.argv[1:]
         try:
             {expression}
             print("none")
         except OSError as problem:
             print(errno.errorcode[problem.errno])
         """,
        arguments);
}
