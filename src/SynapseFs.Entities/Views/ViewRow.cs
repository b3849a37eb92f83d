using System.Globalization;
using SynapseFs.Api;

namespace SynapseFs.Entities.Views;

/// <summary>A file as a row of a view tells it.</summary>
internal sealed record ViewRow
{
    public required string Id { get; init; }

    /// <summary>The entity whose sharing counts for it.</summary>
    public required string Benefactor { get; init; }

    public required DateTimeOffset ModifiedOn { get; init; }

    public required Entity Entity { get; init; }

    public required FileHandle FileHandle { get; init; }

    public required Api.Annotations Annotations { get; init; }
}

/// <summary>Reads the rows of one answer by its header. Pure.</summary>
/// <param name="header">The names of its columns.</param>
/// <param name="annotations">The columns of the view that tell annotations as they are.</param>
internal sealed class ViewRowReader(IReadOnlyList<string?> header, IReadOnlyList<ColumnModel> annotations)
{
    private readonly Dictionary<string, int> _places = header.Select((name, index) => (Name: name ?? "", Index: index))
        .DistinctBy(column => column.Name).ToDictionary(column => column.Name, column => column.Index, StringComparer.Ordinal);

    /// <summary>The file; null: what is needed of it is not told, or it is none.</summary>
    public ViewRow? Read(IReadOnlyList<string?> cells)
    {
        if (Number(cells, "ROW_ID") is not { } number || Number(cells, "ROW_VERSION") is not { } version
            || Number(cells, "modifiedOn") is not { } modified || Cell(cells, "benefactorId") is not { } benefactor
            || Cell(cells, "dataFileHandleId") is not { } handle || Number(cells, "dataFileSizeBytes") is not { } size)
            return null;
        var id = string.Create(CultureInfo.InvariantCulture, $"syn{number}");
        var modifiedOn = DateTimeOffset.FromUnixTimeMilliseconds(modified);
        return new ViewRow
        {
            Id = id,
            Benefactor = benefactor,
            ModifiedOn = modifiedOn,
            Entity = new Entity
            {
                ConcreteType = SynapseTypes.File,
                Id = id,
                VersionNumber = version,
                ModifiedOn = modifiedOn,
                CreatedBy = Cell(cells, "createdBy"),
                ModifiedBy = Cell(cells, "modifiedBy"),
                DataFileHandleId = handle,
            },
            FileHandle = new FileHandle
            {
                Id = handle,
                ContentSize = size,
                ContentMd5 = Cell(cells, "dataFileMD5Hex"),
                FileName = Cell(cells, "dataFileName"),
            },
            Annotations = new Api.Annotations { Values = AnnotationsOf(cells) },
        };
    }

    private Dictionary<string, AnnotationsValue> AnnotationsOf(IReadOnlyList<string?> cells)
    {
        var values = new Dictionary<string, AnnotationsValue>(StringComparer.Ordinal);
        foreach (var column in annotations)
        {
            if (AnnotationColumns.Read(column, Cell(cells, column.Name!)) is { } value)
                values[column.Name!] = value;
        }

        return values;
    }

    private string? Cell(IReadOnlyList<string?> cells, string name) =>
        _places.TryGetValue(name, out var place) && place < cells.Count ? cells[place] : null;

    private long? Number(IReadOnlyList<string?> cells, string name) =>
        long.TryParse(Cell(cells, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
