namespace SynapseFs.Server.Tables.Rows;

/// <summary>One change of a table. The number is the ROW_VERSION of rows it touched; the time is Unix milliseconds.</summary>
internal sealed record TableChange(long Number, string Kind, string Etag, long LastRow, long ChangedOn)
{
    public const string Row = "ROW";
    public const string Column = "COLUMN";
    public const string Search = "SEARCH";

    /// <summary>Before the first change: nothing was numbered yet.</summary>
    public static TableChange None { get; } = new(-1, Column, "", -1, 0);
}
