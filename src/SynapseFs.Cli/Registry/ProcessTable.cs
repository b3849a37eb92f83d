using System.Globalization;

namespace SynapseFs.Cli.Registry;

/// <summary>Which processes live, as proc(5) tells.</summary>
internal static class ProcessTable
{
    /// <summary>Start of the process in clock ticks after boot, or null when there is no such process (a zombie counts as none).</summary>
    public static long? StartOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            // The second field is the program's name in parentheses and may hold anything; the state follows its last one.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static bool IsAlive(MountRecord record) => StartOf(record.Pid) == record.ProcessStart;
}
