using System.Diagnostics;
using CsCheck;
using SynapseFs.Testing.Reference;

namespace SynapseFs.Conformance;

/// <summary>Random sequences of steps on the filesystem in memory and on another one, which has to answer and look the same.</summary>
public static class ReferenceCheck
{
    private static readonly TimeSpan MostReducing = TimeSpan.FromMinutes(2);

    /// <summary>The same sequences in every run. Fails with the shortest one found that shows a difference.</summary>
    /// <param name="mostSteps">How long a sequence may be.</param>
    /// <param name="tries">How often a sequence that showed a difference is tried to show it again.</param>
    public static async Task RunAsync(Func<TreeSurface> candidate, int seed, int sequences, int mostSteps, int tries = 1)
    {
        var random = new PCG((uint)seed, 0);
        var any = TreeSteps.UpTo(mostSteps);
        for (var number = 0; number < sequences; number++)
        {
            var steps = any.Generate(random, null, out _);
            var looking = number % 2 == 0 ? Looking.AfterEachStep : Looking.WhenSettled;
            if (await ShortestAsync(candidate, steps, looking, tries) is { } finding)
                Assert.Fail($"seed {seed}, sequence {number}, {finding}");
        }
    }

    /// <summary>As long as the time lasts, with one seed after the other.</summary>
    public static async Task SearchAsync(Func<TreeSurface> candidate, int firstSeed, TimeSpan time, int mostSteps, int tries = 1)
    {
        const int Sequences = 20;
        var clock = Stopwatch.StartNew();
        for (var seed = firstSeed; clock.Elapsed < time; seed++)
            await RunAsync(candidate, seed, Sequences, mostSteps, tries);
    }

    /// <summary>Fails when these steps come out differently.</summary>
    public static async Task ReplayAsync(Func<TreeSurface> candidate, Looking looking, params TreeStep[] steps)
    {
        if (await Comparison.RunAsync(() => new MemorySurface(), candidate, steps, looking) is { } difference)
            Assert.Fail($"step {difference.Step}: {difference.Text}");
    }

    // Null: no difference. Where threads race, what was seen once is tried more often while it is made shorter.
    private static async Task<string?> ShortestAsync(
        Func<TreeSurface> candidate, TreeStep[] all, Looking looking, int tries)
    {
        if (await DifferenceAsync(all) is not { } difference)
            return null;
        await TestContext.Progress.WriteLineAsync($"{Text(all)}\n{difference.Text}\nLooking for fewer steps …");
        var patience = Stopwatch.StartNew();
        // What comes after the difference is of no interest.
        var steps = await Reduction.RunAsync([.. all.Take(difference.Step + 1)], async fewer =>
        {
            for (var attempt = 0; attempt < tries && patience.Elapsed < MostReducing; attempt++)
            {
                if (await DifferenceAsync(fewer) is not { } found)
                    continue;
                difference = found;
                return true;
            }

            return false;
        });
        return $"looking {looking}, {steps.Count} steps:\n{Text(steps)}\n{difference.Text}";

        Task<Difference?> DifferenceAsync(IReadOnlyList<TreeStep> sequence) =>
            Comparison.RunAsync(() => new MemorySurface(), candidate, sequence, looking);
    }

    private static string Text(IEnumerable<TreeStep> steps) => "    " + string.Join(",\n    ", steps);
}
