using System.Globalization;

namespace SynapseFs.Benchmarks.Yardsticks;

/// <summary>What the kernel tells of another process.</summary>
internal static class ProcessFacts
{
    /// <summary>A line of /proc/PID/status in bytes: VmRSS, VmHWM.</summary>
    public static long Status(int processId, string name) => 1024 * Number($"/proc/{processId}/status", name);

    /// <summary>read(2) and its kin that the process has called.</summary>
    public static long ReadCalls(int processId) => Number($"/proc/{processId}/io", "syscr");

    /// <summary>Seconds of processor, its own and the kernel's for it, in steps of a hundredth.</summary>
    public static double ProcessorSeconds(int processId)
    {
        var fields = File.ReadAllText($"/proc/{processId}/stat").Split(") ")[1].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0;
    }

    private static long Number(string file, string name) => long.Parse(
        File.ReadLines(file).Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
