using System.Globalization;
using System.Text;

namespace SynapseFs.Entities.Capturing;

/// <summary>What proc(5) tells of processes. Whatever has ended, or is not ours to look at, is not there.</summary>
internal static class Processes
{
    private const int MostAncestors = 64;
    private const int MostArgumentBytes = 32 << 10;

    /// <param name="id">Of a process or of one of its threads: the kernel names the thread that asks.</param>
    public static ProcessFacts? Find(int id)
    {
        try
        {
            var (process, parent) = Ids(id);
            if (process == 0)
                return null;
            var arguments = ArgumentsOf(process);
            var name = File.ReadAllText($"/proc/{Text(process)}/comm").TrimEnd('\n');
            return new ProcessFacts(new ProcessKey(process, StartOf(process)), parent, name, arguments)
            {
                Program = Programs.ProgramOf(TargetOf($"/proc/{Text(process)}/exe"), name, arguments),
            };
        }
        catch (Exception absent) when (IsAbsent(absent))
        {
            return null;
        }
    }

    /// <summary>Parents upwards, nearest first.</summary>
    public static IReadOnlyList<ProcessFacts> AncestorsOf(ProcessFacts process)
    {
        var ancestors = new List<ProcessFacts>();
        for (var parent = process.Parent; parent > 0 && ancestors.Count < MostAncestors;)
        {
            if (Find(parent) is not { } found)
                break;
            ancestors.Add(found);
            parent = found.Parent;
        }

        return ancestors;
    }

    /// <summary>The processes that have the same parent, the one asked about among them.</summary>
    public static IReadOnlyList<int> SiblingsOf(ProcessFacts process)
    {
        try
        {
            return
            [
                .. Directory.GetDirectories($"/proc/{Text(process.Parent)}/task")
                    .SelectMany(thread => File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    .Select(child => int.Parse(child, CultureInfo.InvariantCulture)),
            ];
        }
        catch (Exception absent) when (IsAbsent(absent))
        {
            return [];
        }
    }

    /// <summary>The pipes of which it has one end open.</summary>
    /// <param name="below">Only files with a number below that are looked at.</param>
    public static ProcessPipes PipesOf(int process, int below = int.MaxValue)
    {
        try
        {
            var (into, from) = (new HashSet<string>(), new HashSet<string>());
            foreach (var path in Directory.GetFiles($"/proc/{Text(process)}/fd"))
            {
                if (int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture) < below
                    && TargetOf(path) is { } target && target.StartsWith("pipe:", StringComparison.Ordinal))
                    (IsReadEnd(process, path) ? into : from).Add(target);
            }

            return new ProcessPipes(into, from).WithoutOwn();
        }
        catch (Exception absent) when (IsAbsent(absent))
        {
            return ProcessPipes.None;
        }
    }

    public static string? WorkingDirectoryOf(int id)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{Text(id)}/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception absent) when (IsAbsent(absent))
        {
            return null;
        }
    }

    private static (int Process, int Parent) Ids(int id)
    {
        var (process, parent) = (0, 0);
        foreach (var line in File.ReadLines($"/proc/{Text(id)}/status"))
        {
            if (line.StartsWith("Tgid:", StringComparison.Ordinal))
                process = int.Parse(line.AsSpan(5), NumberStyles.Integer, CultureInfo.InvariantCulture);
            else if (line.StartsWith("PPid:", StringComparison.Ordinal))
                return (process, int.Parse(line.AsSpan(5), NumberStyles.Integer, CultureInfo.InvariantCulture));
        }

        return (process, parent);
    }

    // The second field is the program's name in parentheses and may hold anything; the state follows its last one.
    private static long StartOf(int process)
    {
        var stat = File.ReadAllText($"/proc/{Text(process)}/stat");
        return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture);
    }

    private static string[] ArgumentsOf(int process)
    {
        using var file = File.OpenRead($"/proc/{Text(process)}/cmdline");
        var bytes = new byte[MostArgumentBytes];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == 0 ? [] : Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\0').Split('\0');
    }

    private static string? TargetOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: false)?.Name;
        }
        catch (Exception absent) when (IsAbsent(absent))
        {
            return null;
        }
    }

    // The last digit of the flags is how it was opened: 0 for reading.
    private static bool IsReadEnd(int id, string path) =>
        File.ReadLines($"/proc/{Text(id)}/fdinfo/{Path.GetFileName(path)}")
            .First(line => line.StartsWith("flags:", StringComparison.Ordinal)).EndsWith('0');

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    private static bool IsAbsent(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException or InvalidOperationException;
}
