namespace SynapseFs.Server.World.Files;

/// <summary>
/// What holds on to file handles: a handle that something uses cannot be deleted. Every noun that keeps handle ids (versions, wiki
/// pages, messages …) adds its test here.
/// </summary>
internal sealed class FileHandleUses
{
    private readonly List<Func<long, bool>> _tests = [];

    /// <summary>Adds a test whether something uses the handle of this id; it is asked within a transaction.</summary>
    public void Add(Func<long, bool> isUsed) => _tests.Add(isUsed);

    public bool Any(long fileHandleId) => _tests.Exists(isUsed => isUsed(fileHandleId));
}
