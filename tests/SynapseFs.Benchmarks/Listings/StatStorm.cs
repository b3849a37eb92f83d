using System.Diagnostics;

namespace SynapseFs.Benchmarks.Listings;

/// <summary>Four threads that each look at every file of a tree, in an order of their own.</summary>
internal static class StatStorm
{
    private const int Threads = 4;

    public static TimeSpan Run(string root, int folders, int filesEach)
    {
        var names = Enumerable.Range(0, folders).SelectMany(
            folder => Enumerable.Range(0, filesEach).Select(file => ListingWorld.Name(folder, file))).ToArray();
        var threads = Enumerable.Range(0, Threads).Select(seed =>
        {
            var mine = names.Select(name => Path.Combine(root, name)).ToArray();
            new Random(seed).Shuffle(mine);
            return new Thread(() => Look(mine));
        }).ToList();
        var clock = Stopwatch.StartNew();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return clock.Elapsed;
    }

    private static void Look(string[] paths)
    {
        foreach (var path in paths)
        {
            if (new FileInfo(path).Length == 0)
                throw new InvalidOperationException($"{path} is empty.");
        }
    }
}
