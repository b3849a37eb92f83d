namespace SynapseFs.Server.Tables.Views;

/// <summary>
/// What is known of one view's index beyond its rows: enough to tell which changes of the world concern it. Guarded by
/// <see cref="Gate"/>, which is taken before the world's lock and before the index's, never after.
/// </summary>
internal sealed class ViewState
{
    public Lock Gate { get; } = new();

    /// <summary>Of the definition that the index was made for; null: it is not to be believed.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>All changes up to this number are in the index.</summary>
    public long Number { get; set; }

    /// <summary>The containers of the rows, as they were when the rows were read.</summary>
    public IReadOnlyDictionary<long, Place> Places { get; set; } = new Dictionary<long, Place>();

    /// <summary>Containers whose change may concern the rows below them: those of the scope and all above.</summary>
    public HashSet<long> Watched { get; set; } = [];

    /// <summary>The ids of the rows.</summary>
    public HashSet<long> Rows { get; set; } = [];

    /// <summary>The benefactors of the rows, and perhaps some that have none any more.</summary>
    public HashSet<long> Benefactors { get; set; } = [];
}
