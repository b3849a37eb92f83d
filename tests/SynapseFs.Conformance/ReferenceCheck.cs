using System.Diagnostics;
using CsCheck;
using SynapseFs.Testing.Reference;

namespace SynapseFs.Conformance;

/// <summary>Random sequences of steps on the filesystem in memory and on another one, which has to answer and look the same.</summary>
public static class ReferenceCheck
{
    private static readonly TimeSpan MostReducing = TimeSpan.FromMinutes(8);

    /// <summary>The same sequences in every run. Fails with the shortest one found that shows a difference.</summary>
    public static async Task RunAsync(Func<TreeSurface> candidate, int seed, int sequences, int mostSteps)
    {
        var random = new PCG((uint)seed, 0);
        var any = TreeSteps.UpTo(mostSteps);
        for (var number = 0; number < sequences; number++)
        {
            var steps = any.Generate(random, null, out _);
            var looking = number % 2 == 0 ? Looking.AfterEachStep : Looking.WhenSettled;
            if (await ShortestAsync(candidate, steps, looking) is { } finding)
                Assert.Fail($"seed {seed}, sequence {number}, {finding}");
        }
    }

    /// <summary>Other sequences in every run, many at once, made shorter by their generator and then by leaving steps out.</summary>
    public static async Task SearchAsync(Func<TreeSurface> candidate, TimeSpan time, int mostSteps)
    {
        var steps = TreeSteps.UpTo(mostSteps);
        var shortest = (TreeStep[]?)null;
        try
        {
            await steps.SampleAsync(
                async sequence =>
                {
                    if (await Comparison.RunAsync(() => new MemorySurface(), candidate, sequence, Looking.AfterEachStep) is null)
                        return true;
                    shortest = sequence;
                    return false;
                },
                time: (int)time.TotalSeconds, threads: 2);
        }
        catch (CsCheckException found)
        {
            Assert.Fail($"{found.Message}\n{await ShortestAsync(candidate, shortest!, Looking.AfterEachStep)}");
        }
    }

    /// <summary>Fails when these steps come out differently.</summary>
    public static async Task ReplayAsync(Func<TreeSurface> candidate, Looking looking, params TreeStep[] steps)
    {
        if (await Comparison.RunAsync(() => new MemorySurface(), candidate, steps, looking) is { } difference)
            Assert.Fail($"step {difference.Step}: {difference.Text}");
    }

    /// <summary>Null: no difference.</summary>
    /// <param name="tries">How often a sequence is tried before it counts as without a difference: more than once where threads race.</param>
    public static async Task<string?> ShortestAsync(
        Func<TreeSurface> candidate, IReadOnlyList<TreeStep> steps, Looking looking, int tries = 1)
    {
        if (await DifferenceAsync(steps) is not { } difference)
            return null;
        // What comes after the difference is of no interest.
        var patience = Stopwatch.StartNew();
        steps = await Reduction.RunAsync(
            [.. steps.Take(difference.Step + 1)],
            async fewer =>
            {
                if (patience.Elapsed > MostReducing || await DifferenceAsync(fewer) is not { } found)
                    return false;
                difference = found;
                return true;
            });
        return $"looking {looking}, {steps.Count} steps:\n    {string.Join(",\n    ", steps)}\n{difference.Text}";

        async Task<Difference?> DifferenceAsync(IReadOnlyList<TreeStep> sequence)
        {
            Difference? found = null;
            for (var attempt = 0; attempt < tries && found is null; attempt++)
                found = await Comparison.RunAsync(() => new MemorySurface(), candidate, sequence, looking);
            return found;
        }
    }
}
