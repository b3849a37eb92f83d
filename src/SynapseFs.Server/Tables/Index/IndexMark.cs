namespace SynapseFs.Server.Tables.Index;

/// <summary>
/// How far a table of the index is: the number of the change that it contains last; a token that must be equal for it to be of this very
/// history (a table's etag of that change, DEFAULT for views: queries answer with it); the ids of its columns; the time of that change.
/// </summary>
internal sealed record IndexMark(long Number, string Token, string Columns, long ChangedOn)
{
    /// <summary>The token of what is no table: Synapse answers with this word as the etag of views' rows.</summary>
    public const string NoToken = "DEFAULT";
}
