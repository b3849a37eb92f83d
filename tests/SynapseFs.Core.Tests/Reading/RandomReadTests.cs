using SynapseFs.Testing.RemoteWorld;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reading;

internal sealed class RandomReadTests
{
    private const int Steps = 600;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Random_ranges_read_as_they_are_while_disk_and_network_misbehave(int seed)
    {
        var random = new Random(seed);
        await using var rig = new EngineRig(new MountOptions { WholeFetchLimit = 1 << 20 });
        var files = new[] { 1, 60_000, 66_000, 500_000, 1_100_000, 3_000_000 }
            .Select((length, i) => (Name: $"f{i}", Bytes: TestBytes.Of(length, i))).ToList();
        foreach (var (name, bytes) in files)
            rig.World.AddFile(rig.World.Root, name, bytes);
        Misbehave(rig.World, seed);
        var handles = new Dictionary<string, HandleNumber>();
        var (right, failed) = (0, 0);

        for (var step = 0; step < Steps; step++)
        {
            var (name, bytes) = files[random.Next(files.Count)];
            if (random.Next(20) == 0)
                DiskDamage.FlipAnyByte(rig.CachePath, random);
            if (random.Next(15) == 0 && handles.Remove(name, out var closed))
                await rig.FileSystem.ReleaseAsync(closed);
            if (!handles.TryGetValue(name, out var handle))
                handles[name] = handle = await rig.OpenAsync(name);
            var offset = random.Next(bytes.Length + 10);
            var count = random.Next(1, 400_000);
            try
            {
                var read = await rig.ReadAsync(handle, offset, count);
                Assert.That(TestBytes.AreSame(read, [.. bytes.Skip(offset).Take(count)]), $"step {step}: {name} at {offset}");
                right++;
            }
            catch (FsException)
            {
                failed++;
            }
        }

        Assert.That(right, Is.GreaterThan(Steps / 2));
        Assert.That(failed, Is.LessThan(Steps / 2));
    }

    // Downloads do not begin, or break off in their middle; what comes is right.
    private static void Misbehave(World world, int seed)
    {
        var random = new Random(seed + 100);
        var turn = new Lock();
        world.OnCall = (call, _) => call.Verb == "read" && Next(8) == 0
            ? throw new FsException(FsError.InputOutput, "Refused.")
            : Task.CompletedTask;
        world.OnBytes = (_, _, _, _) => Next(60) == 0 ? throw new IOException("Broken.") : ValueTask.CompletedTask;

        int Next(int most)
        {
            lock (turn)
                return random.Next(most);
        }
    }
}
