using SynapseFs.Server;

namespace SynapseFs.Cli.Serving;

/// <summary>
/// Users of an embedded server, one <see cref="UserText"/> a line, '#' for remarks; in a file, because arguments can be read by
/// everybody on the machine.
/// </summary>
internal static class AccountFile
{
    public static IReadOnlyList<ServerUser> Read(string path)
    {
        try
        {
            return [.. File.ReadAllLines(path).Select((line, index) => (Line: line.Trim(), Number: index + 1))
                .Where(line => line.Line.Length > 0 && line.Line[0] != '#').Select(line => Parse(line.Line, line.Number, path))];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"--user-file {path} cannot be read: {problem.Message}", problem);
        }
    }

    private static ServerUser Parse(string line, int number, string path)
    {
        try
        {
            var user = UserText.Parse(line);
            return user.Token is not null ? user : throw new FormatException("it is not NAME:TOKEN");
        }
        catch (FormatException wrong)
        {
            throw new CliException($"Line {number} of {path} cannot be read: {wrong.Message}.", wrong);
        }
    }
}
