namespace SynapseFs.Store;

/// <summary>
/// What is still to be done remotely, beside the nodes in state.db. Synchronous, thread-safe. Every method may throw
/// <see cref="StoreException"/>.
/// </summary>
public sealed class JournalTable
{
    /// <summary>All entries, oldest first.</summary>
    public IReadOnlyList<JournalEntry> ReadEntries() => throw new NotImplementedException();

    /// <summary>All deletions, oldest first.</summary>
    public IReadOnlyList<DeletionEntry> ReadDeletions() => throw new NotImplementedException();

    public StagedRow? FindStaged(long number) => throw new NotImplementedException();

    /// <summary>
    /// Carries out one transaction and returns the inserted rows with their inodes, in order. It survives the process's death when
    /// this returns, and a power failure after <see cref="SyncAsync"/>.
    /// </summary>
    /// <exception cref="StoreException">NameTaken among others; then nothing has changed.</exception>
    public IReadOnlyList<NodeRow> Apply(StateChange change) => throw new NotImplementedException();

    /// <summary>
    /// Makes all that was applied before the call survive a power failure, in the order of application. Many callers at once share
    /// one write to the disk. Completes at once when there is nothing to do.
    /// </summary>
    public ValueTask SyncAsync() => throw new NotImplementedException();
}
