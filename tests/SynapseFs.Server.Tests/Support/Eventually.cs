namespace SynapseFs.Server.Tests.Support;

/// <summary>Waits for what happens in the background.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Asks again and again until there is an answer.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> ask) where T : class
    {
        var end = DateTime.UtcNow + Deadline;
        while (DateTime.UtcNow < end)
        {
            if (await ask() is { } found)
            {
                return found;
            }

            await Task.Delay(10);
        }

        throw new AssertionException("What was waited for did not happen.");
    }
}
