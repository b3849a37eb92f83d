namespace SynapseFs.Testing.Reference;

/// <summary>When the whole trees are compared: looking fills caches, so what nobody looks at is another test.</summary>
public enum Looking
{
    AfterEachStep,
    WhenSettled,
}

/// <summary>Where two surfaces went apart.</summary>
/// <param name="Step">The number of the step, from 0 on.</param>
public sealed record Difference(int Step, string Text);

/// <summary>The same steps on two surfaces.</summary>
public static class Comparison
{
    /// <summary>The first difference, or null.</summary>
    public static async Task<Difference?> RunAsync(
        Func<TreeSurface> makeReference, Func<TreeSurface> makeCandidate, IReadOnlyList<TreeStep> steps, Looking looking)
    {
        ArgumentNullException.ThrowIfNull(makeReference);
        ArgumentNullException.ThrowIfNull(makeCandidate);
        ArgumentNullException.ThrowIfNull(steps);
        await using var reference = makeReference();
        await using var candidate = makeCandidate();
        IReadOnlyList<TreeStep> all = [.. steps, new SettleStep()];
        for (var number = 0; number < all.Count; number++)
        {
            var (expected, actual) = (await reference.RunAsync(all[number]), await candidate.RunAsync(all[number]));
            if (expected != actual)
                return new Difference(number, $"{all[number]}: {actual}\nshould be: {expected}");
            if (looking == Looking.WhenSettled && all[number] is not SettleStep)
                continue;
            (expected, actual) = (await LookAsync(reference), await LookAsync(candidate));
            if (expected != actual)
                return new Difference(number, $"After {all[number]}:\n{actual}\nshould be:\n{expected}");
        }

        return null;
    }

    private static async Task<string> LookAsync(TreeSurface surface)
    {
        try
        {
            return await surface.LookAsync();
        }
#pragma warning disable CA1031 // a tree that cannot be looked at is a finding
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return $"cannot be looked at: {failure}";
        }
    }
}
