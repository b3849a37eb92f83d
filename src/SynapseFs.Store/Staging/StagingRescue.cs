using System.Globalization;
using Microsoft.Extensions.Logging;

namespace SynapseFs.Store.Staging;

/// <summary>
/// What becomes of staged bytes when the database that told what they belong to is lost: somebody believes them written, so they are
/// moved out of the way whole, and a person is told.
/// </summary>
internal sealed class StagingRescue(string cacheDirectory, RepairNotes repairs, TimeProvider time, ILogger log)
{
    /// <summary>Moves the directory aside when there is a file in it, and leaves an empty one.</summary>
    /// <exception cref="StoreException">It cannot be moved; everything is where it was.</exception>
    public void Run(string staging)
    {
        try
        {
            var files = Directory.GetFiles(staging).Length;
            if (files == 0)
                return;
            var aside = Aside();
            // One rename: a crash leaves all of it in the one place or in the other.
            Directory.Move(staging, aside);
            PrivateFiles.CreateDirectory(staging);
            DiskSync.Names(cacheDirectory);
            var counted = files == 1 ? "1 file" : $"{files} files";
            Tell($"What state.db knew of unsent changes is lost; their bytes, {counted}, were moved to {aside}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.ToStoreException(exception, staging);
        }
    }

    public void Tell(string sentence)
    {
        repairs.Add(sentence);
        Log.Repaired(log, sentence);
    }

    private string Aside()
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var first = Path.Combine(cacheDirectory, $"rescued-{stamp}");
        var aside = first;
        for (var again = 2; Directory.Exists(aside); again++)
            aside = $"{first}-{again}";
        return aside;
    }
}
