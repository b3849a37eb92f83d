using SynapseFs.Server.Errors;

namespace SynapseFs.Server.Tables.Views;

/// <summary>Which types of entity a view shows, as bits. Source: ViewTypeMask.</summary>
internal static class ViewMask
{
    public const long File = 0x01;
    public const long Project = 0x02;
    public const long Table = 0x04;
    public const long Dataset = 0x80;

    private static readonly (long Bit, string Type)[] Bits =
    [
        (File, "file"), (Project, "project"), (Table, "table"), (0x08, "folder"), (0x10, "entityview"), (0x20, "dockerrepo"),
        (0x40, "submissionview"), (Dataset, "dataset"), (0x100, "datasetcollection"), (0x200, "materializedview"),
    ];

    public static IReadOnlyList<string> Types(long mask) => [.. Bits.Where(bit => (bit.Bit & mask) != 0).Select(bit => bit.Type)];

    /// <summary>The mask of a view; beside it the old way to say it, a word, does not count.</summary>
    public static long Of(string? type, long? mask) => (mask, type) switch
    {
        ({ } given, _) => given,
        (null, "file") => File,
        (null, "project") => Project,
        (null, "file_and_table") => File | Table,
        (null, null) => throw ServiceException.BadRequest("Either 'viewType' or 'viewTypeMask' must be provided"),
        _ => throw ServiceException.BadRequest($"Unknown type: {type}"),
    };
}
