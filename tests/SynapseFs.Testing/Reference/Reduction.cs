namespace SynapseFs.Testing.Reference;

/// <summary>Makes a failing sequence short by leaving steps out for as long as it still fails.</summary>
public static class Reduction
{
    /// <param name="fails">Whether a sequence still shows the failure.</param>
    public static async Task<IReadOnlyList<TreeStep>> RunAsync(
        IReadOnlyList<TreeStep> steps, Func<IReadOnlyList<TreeStep>, Task<bool>> fails)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(fails);
        for (var size = Math.Max(1, steps.Count / 2); ;)
        {
            var before = steps.Count;
            for (var at = steps.Count - size; at > -size; at -= size)
            {
                var from = Math.Max(0, at);
                List<TreeStep> fewer = [.. steps.Take(from), .. steps.Skip(from + size)];
                if (fewer.Count < steps.Count && await fails(fewer))
                    steps = fewer;
            }

            if (size > 1)
                size /= 2;
            else if (steps.Count == before)
                break;
        }

        return steps;
    }
}
