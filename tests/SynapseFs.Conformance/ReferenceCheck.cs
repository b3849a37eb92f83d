using CsCheck;
using SynapseFs.Testing.Reference;

namespace SynapseFs.Conformance;

/// <summary>Random sequences of steps on the filesystem in memory and on another one, which has to answer and look the same.</summary>
public static class ReferenceCheck
{
    private const int MostReductions = 300;

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
    public static async Task<string?> ShortestAsync(Func<TreeSurface> candidate, IReadOnlyList<TreeStep> steps, Looking looking)
    {
        if (await DifferenceAsync(steps) is not { } difference)
            return null;
        // What comes after the difference is of no interest.
        steps = await Reduction.RunAsync(
            [.. steps.Take(difference.Step + 1)], async fewer => await DifferenceAsync(fewer) is not null, MostReductions);
        difference = await DifferenceAsync(steps);
        return $"looking {looking}, {steps.Count} steps:\n    {string.Join(",\n    ", steps)}\n{difference?.Text}";

        Task<Difference?> DifferenceAsync(IReadOnlyList<TreeStep> sequence) =>
            Comparison.RunAsync(() => new MemorySurface(), candidate, sequence, looking);
    }
}
