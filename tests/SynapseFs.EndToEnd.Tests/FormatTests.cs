using System.Globalization;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>Tools that jump about in large files, far from the server: what they jump to is on its way before they ask.</summary>
[TestFixture]
internal sealed class FormatTests
{
    // Far more than what happens in between takes, so that requests made at one time overlap.
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(400);

    private World _world = null!;
    private Mount _mount = null!;

    [SetUp]
    public async Task Serve() => _world = await World.StartAsync();

    [TearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task The_index_beside_a_file_is_on_its_way_when_the_file_is_opened()
    {
        await AddAlignmentsAsync();
        await MountAsync();

        var far = await RunAsync($"samtools view -c -X {_mount["far/other.bam"]} {_mount["far/other.index"]} chr1:5000000-5010000");
        var near = await RunAsync($"samtools view -c {_mount["near/reads.bam"]} chr1:5000000-5010000");

        TestContext.Out.WriteLine($"named otherwise {far}\nbeside {near}");
        Assert.That(near.Output, Is.EqualTo(far.Output));
        Assert.That(int.Parse(near.Output, CultureInfo.InvariantCulture), Is.Positive);
        Assert.That(near.RoundTrips, Is.LessThanOrEqualTo(far.RoundTrips - 2));
        Assert.That(near.StorageBytes, Is.LessThan(new FileInfo(_mount["near/reads.bam"]).Length / 10));
    }

    [Test]
    public async Task The_end_of_a_parquet_file_or_an_archive_comes_with_its_first_read()
    {
        const string footer = """
            import sys
            f = open(sys.argv[1], 'rb', buffering=0); assert f.read(4) == b'PAR1'
            f.seek(-8, 2); size = int.from_bytes(f.read(4), 'little'); f.seek(-8 - size, 2); print(f.read(size) == b'f' * size)
            """;
        const string member = "import sys, zipfile; f = open(sys.argv[1], 'rb'); f.read(4); print(len(zipfile.ZipFile(f).read('m')))";
        var table = World.Bytes(20 * 1024 * 1024 + 1000);
        "PAR1"u8.CopyTo(table);
        table.AsSpan(^(8 + 40_000)..^8).Fill((byte)'f');
        BitConverter.TryWriteBytes(table.AsSpan(^8..), 40_000);
        var archive = _world.Directory("made") + "/archive";
        _ = (await Command.RunAsync("python3", ["-c", """
            import os, sys, zipfile
            z = zipfile.ZipFile(sys.argv[1], 'w'); z.writestr('m', b'm' * 5000); z.writestr('n', os.urandom(20 << 20)); z.close()
            """, archive])).Text;
        var packed = await File.ReadAllBytesAsync(archive);
        foreach (var name in new[] { "table", "table.parquet" })
            await _world.AddFileAsync(name, table);
        foreach (var name in new[] { "archive", "archive.zip" })
            await _world.AddFileAsync(name, packed);
        await MountAsync();

        var runs = new List<Run>();
        foreach (var (script, name) in new[] { (footer, "table"), (footer, "table.parquet"), (member, "archive"), (member, "archive.zip") })
            runs.Add(await RunAsync($"python3 -c \"{script}\" {_mount[name]}"));

        TestContext.Out.WriteLine(string.Join('\n', runs));
        Assert.That(runs.Select(run => run.Output), Is.EqualTo(new[] { "True", "True", "5000", "5000" }));
        Assert.That(runs[1].RoundTrips, Is.LessThanOrEqualTo(runs[0].RoundTrips - 2));
        Assert.That(runs[3].RoundTrips, Is.LessThanOrEqualTo(runs[2].RoundTrips - 1));
        Assert.That(runs[3].StorageBytes, Is.LessThanOrEqualTo(runs[2].StorageBytes + 64 * 1024));
    }

    [Test]
    public async Task Who_reads_a_file_from_its_end_to_its_beginning_finds_it_on_its_way()
    {
        var lines = World.Bytes(24 * 1024 * 1024);
        for (var i = 100; i < lines.Length; i += 100)
            lines[i] = (byte)'\n';
        lines[^1] = (byte)'\n';
        await _world.AddFileAsync("lines", lines);
        await MountAsync();

        var run = await RunAsync($"tac {_mount["lines"]} | tac | sha256sum");

        TestContext.Out.WriteLine(run);
        Assert.That(run.Output.Split(' ')[0], Is.EqualTo(_world.Sha256["lines"]));
        Assert.That(run.StorageBytes, Is.EqualTo(lines.Length));
        Assert.That(run.RoundTrips, Is.LessThan(20));
    }

    private async Task AddAlignmentsAsync()
    {
        var made = _world.Directory("made");
        _ = (await Command.ShellAsync($$"""
            cd {{made}} && python3 -c "
            import random
            r = random.Random(1)
            print('@SQ\tSN:chr1\tLN:20000000')
            for i in range(180000):
                print(f'r{i}', 0, 'chr1', 1 + i * 100, 60, '100M', '*', 0, 0, ''.join(r.choices('ACGT', k=100)), ''.join(r.choices('ABCDEFGHIJKLMNOP', k=100)), sep='\t')
            " | samtools view -b -o reads.bam - && samtools index reads.bam
            """)).Text;
        var (reads, index) = (await File.ReadAllBytesAsync($"{made}/reads.bam"), await File.ReadAllBytesAsync($"{made}/reads.bam.bai"));
        foreach (var (folder, data, beside) in new[] { ("near", "reads.bam", "reads.bam.bai"), ("far", "other.bam", "other.index") })
        {
            var id = await _world.AddFolderAsync(folder);
            await _world.AddFileAsync(data, reads, id, $"{folder}/{data}");
            await _world.AddFileAsync(beside, index, id, $"{folder}/{beside}");
        }
    }

    // Somebody has looked at the folders: names and sizes are known, and no content.
    private async Task MountAsync()
    {
        _mount = await _world.MountAsync("--read-only", "--metadata-ttl", "10m");
        _ = (await Command.ShellAsync($"ls -lR {_mount.Mountpoint}")).Text;
        _world.Server.Faults.Add(new FaultRule { Delay = Latency });
    }

    private async Task<Run> RunAsync(string line)
    {
        await _world.Server.Log.QuietAsync(CancellationToken.None);
        _world.Server.Log.Reset();
        var output = (await Command.ShellAsync(line)).Text;
        var ended = DateTimeOffset.UtcNow;
        await _world.Server.Log.QuietAsync(CancellationToken.None);
        var requests = _world.Server.Log.Requests;
        return new Run(
            output, RoundTrips.Count(requests.Where(request => request.When + request.Duration <= ended)),
            requests.Where(request => request.Service == ServerService.Storage).Sum(request => request.BytesSent));
    }

    /// <summary>What a command printed, how often it waited for the server, and what was transferred for it.</summary>
    private sealed record Run(string Output, int RoundTrips, long StorageBytes);
}
