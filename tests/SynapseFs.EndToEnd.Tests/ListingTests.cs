using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>What listings cost, counted at the server.</summary>
[TestFixture]
internal sealed class ListingTests
{
    private const int Files = 2_000;
    private World _world = null!;

    [OneTimeSetUp]
    public async Task Fill_a_folder_with_two_thousand_files()
    {
        _world = await World.StartAsync();
        var many = await _world.AddFolderAsync("many");
        var handle = await _world.UploadAsync("data", World.Bytes(1000));
        await Parallel.ForAsync(0, Files, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (index, _) =>
            await _world.CreateAsync(new Entity
            {
                ConcreteType = SynapseTypes.File,
                Name = $"file-{index:d4}.txt",
                ParentId = many,
                DataFileHandleId = handle,
            }));
    }

    [OneTimeTearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test, Order(1)]
    public async Task Two_thousand_names_cost_at_most_41_calls()
    {
        await using var mount = await _world.MountSourceAsync(_world.Project, "names", "--metadata-ttl", "1h");
        await Command.ShellAsync($"ls {mount.Mountpoint}");
        _world.Server.Log.Reset();

        var names = await Command.ShellAsync($"ls {mount["many"]}");

        Assert.That(names.Lines, Has.Length.EqualTo(Files));
        Assert.That(names.Lines[^1], Is.EqualTo("file-1999.txt"));
        Assert.That(_world.Server.Log.Totals.ApiRequests, Is.LessThanOrEqualTo(41));
    }

    [Test, Order(2)]
    public async Task A_long_listing_after_a_remount_costs_at_most_3_calls_and_never_a_download()
    {
        _world.Server.Log.Reset();
        await using (var first = await _world.MountSourceAsync(_world.Project, "long"))
            Assert.That((await Command.ShellAsync($"ls -lR {first.Mountpoint}")).Lines.Count(line => line.Contains(" 1000 ")), Is.EqualTo(Files));
        Assert.That(_world.Server.Log.Totals.DownloadEvents, Is.Zero);

        await using var second = await _world.MountSourceAsync(_world.Project, "long");
        _world.Server.Log.Reset();
        var listing = await Command.ShellAsync($"ls -l {second["many"]}");

        Assert.That(listing.Lines.Count(line => line.Contains(" 1000 ")), Is.EqualTo(Files));
        Assert.That(_world.Server.Log.Totals.ApiRequests, Is.LessThanOrEqualTo(3));
        Assert.That(_world.Server.Log.Totals.DownloadEvents, Is.Zero);
    }

    [Test, Order(3)]
    public async Task Inode_numbers_are_the_same_after_a_remount()
    {
        async Task<string[]> InodesAsync()
        {
            await using var mount = await _world.MountSourceAsync(_world.Project, "long");
            return (await Command.ShellAsync($"cd {mount.Mountpoint} && find . -printf '%i %p\\n' | sort")).Lines;
        }

        var before = await InodesAsync();

        Assert.That(await InodesAsync(), Is.EqualTo(before));
        Assert.That(before.Select(line => line.Split(' ')[0]).Distinct().Count(), Is.EqualTo(Files + 2));
    }

    [Test, Order(4)]
    public async Task Without_a_network_everything_known_is_listed()
    {
        await using var mount = await _world.MountSourceAsync(_world.Project, "long", "--offline");
        _world.Server.Log.Reset();

        var listing = await Command.ShellAsync($"ls -l {mount["many"]}");

        Assert.That(listing.Lines.Count(line => line.Contains(" 1000 ")), Is.EqualTo(Files));
        Assert.That(_world.Server.Log.Totals.ApiRequests, Is.Zero);
    }

    [Test, Order(5)]
    public async Task A_listing_begun_again_shows_what_was_made_here_meanwhile()
    {
        await using var mount = await _world.MountSourceAsync(_world.Project, "long", "--metadata-ttl", "1h");

        // The second os.listdir leaves the kernel with all names; each of them begins anew on the descriptor.
        var counts = await Command.RunAsync("python3", ["-c", """
            import os, sys
            many = sys.argv[1]
            os.listdir(many), os.listdir(many)
            opened = os.open(many, os.O_RDONLY)
            print(len(os.listdir(opened)))
            os.mkdir(many + '/made here')
            print(len(os.listdir(opened)))
            os.rmdir(many + '/made here')
            print(len(os.listdir(opened)))
            """, mount["many"]]);

        Assert.That(counts.Lines, Is.EqualTo(new[] { $"{Files}", $"{Files + 1}", $"{Files}" }), counts.Error);
    }
}
