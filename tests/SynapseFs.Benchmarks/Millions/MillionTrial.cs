using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SynapseFs.Benchmarks.Listings;
using SynapseFs.Benchmarks.Yardsticks;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Millions;

/// <summary>
/// What mounts that know 10,000 entities, 1,000,000, and a directory of 100,000 take to go through them: seconds, the daemon's processor time
/// and its memory; and what a directory of 100,000 takes that arrives and changes (<see cref="ArrivalTrial"/>). They are offline: after a start each directory is asked about once, and 600 calls a minute would be all that is seen.
/// </summary>
internal static class MillionTrial
{
    private const string StatStorm = "find . -print0 | xargs -0 -P 4 -n 500 stat -c %s";

    private static readonly string[] Commands = ["ls -R", "ls -lR", "du -s", "find . -size +1", StatStorm];

    /// <param name="program">Path of synapsefs.</param>
    /// <param name="only">few, many, wide or arrives; null: all four.</param>
    /// <param name="output">Where the tables go.</param>
    public static async Task RunAsync(string program, string? only, TextWriter output)
    {
        if (only is null or "few")
            await RunAsync(program, "10,000 in 101 directories", (1, 100, 99), output);
        if (only is null or "many")
            await RunAsync(program, "1,000,000 in 10,100 directories", (100, 100, 99), output);
        if (only is null or "wide")
            await RunAsync(program, "100,000 in one directory", (1, 1, 100_000), output);
        if (only is null or "arrives")
            await ArrivalTrial.RunAsync(program, 100_000, output);
    }

    private static async Task RunAsync(string program, string title, (int Groups, int Folders, int Files) shape, TextWriter output)
    {
        using var directory = new TemporaryDirectory();
        string[] arguments;
        Dictionary<string, string> environment;
        var mountpoint = Directory.CreateDirectory(directory.Combine("mnt")).FullName;
        await using (var world = await ListingWorld.StartAsync(directory, 1, 3))
        {
            await world.IndexAsync();
            environment = world.Environment;
            arguments = ["mount", "--endpoint", world.Server.BaseAddress.GetLeftPart(UriPartial.Authority), "--metadata-ttl", "1h",
                "--cache-dir", directory.Combine("cache"), world.Project, mountpoint];
            await SynapsefsAsync(arguments);
            await ShellAsync("ls -lR");
            await SynapsefsAsync("unmount", mountpoint);
        }

        var rows = KnownTree.Fill(directory.Combine("cache"), shape.Groups, shape.Folders, shape.Files);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: {rows} rows, state.db {new FileInfo(directory.Combine("cache", "state.db")).Length >> 20} MiB"));
        output.WriteLine("                                              seconds   µs each   daemon s   resident MiB   peak MiB");
        foreach (var command in Commands)
        {
            await SynapsefsAsync([arguments[0], "--offline", .. arguments[1..]]);
            try
            {
                var daemon = await DaemonAsync();
                Row("mounted", 0, 0, daemon);
                foreach (var round in (string[])["first", "again", "forgotten"])
                {
                    if (round == "forgotten")
                        await Command.ShellAsync("echo 2 > /proc/sys/vm/drop_caches");
                    var (clock, before) = (Stopwatch.StartNew(), ProcessFacts.ProcessorSeconds(daemon));
                    await ShellAsync(command);
                    Row($"{command}, {round}", clock.Elapsed.TotalSeconds, ProcessFacts.ProcessorSeconds(daemon) - before, daemon);
                }
            }
            finally
            {
                await SynapsefsAsync("unmount", mountpoint);
            }
        }

        void Row(string what, double seconds, double processor, int daemon) => output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(what.StartsWith(StatStorm, StringComparison.Ordinal) ? "stat, 4 at a time" + what[StatStorm.Length..] : what),-42} {seconds,9:f2} {seconds / rows * 1e6,9:f1} {processor,10:f2} {ProcessFacts.Status(daemon, "VmRSS") >> 20,14} {ProcessFacts.Status(daemon, "VmHWM") >> 20,10}"));

        async Task ShellAsync(string command)
        {
            var done = await Command.ShellAsync($"cd '{mountpoint}' && {command} > /dev/null", environment);
            if (done.ExitCode != 0)
                throw new InvalidOperationException(done.Error);
        }

        async Task SynapsefsAsync(params string[] arguments)
        {
            var done = await Command.RunAsync(program, arguments, environment);
            if (done.ExitCode != 0)
                throw new InvalidOperationException(done.Error);
        }

        async Task<int> DaemonAsync()
        {
            using var status = JsonDocument.Parse((await Command.RunAsync(program, ["status", "--json"], environment)).Text);
            return status.RootElement.GetProperty("mounts").EnumerateArray().Single().GetProperty("pid").GetInt32();
        }
    }
}
