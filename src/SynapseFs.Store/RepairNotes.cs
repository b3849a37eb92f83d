namespace SynapseFs.Store;

/// <summary>What was found damaged and rebuilt, in sentences for a person. Thread-safe.</summary>
internal sealed class RepairNotes
{
    private readonly Lock _lock = new();
    private string[] _notes = [];

    public IReadOnlyList<string> Notes => Volatile.Read(ref _notes);

    public void Add(string sentence)
    {
        lock (_lock)
            Volatile.Write(ref _notes, [.. _notes, sentence]);
    }
}
