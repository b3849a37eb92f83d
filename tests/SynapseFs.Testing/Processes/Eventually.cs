using System.Diagnostics;

namespace SynapseFs.Testing.Processes;

/// <summary>Waits for something that only another process can bring about.</summary>
public static class Eventually
{
    /// <summary>Asks every few milliseconds until the answer is true; false when the deadline passes first.</summary>
    public static async Task<bool> HoldsAsync(Func<Task<bool>> condition, TimeSpan deadline)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var clock = Stopwatch.StartNew();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (clock.Elapsed < deadline)
        {
            if (await condition())
                return true;
            await pause.WaitForNextTickAsync();
        }

        return await condition();
    }

    public static Task<bool> HoldsAsync(Func<bool> condition, TimeSpan deadline) => HoldsAsync(() => Task.FromResult(condition()), deadline);
}
