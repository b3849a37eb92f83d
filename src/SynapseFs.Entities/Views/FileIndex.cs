using System.Text.Json;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Views;

/// <summary>What became of the wish for a view of a project's files.</summary>
/// <param name="Id">The view's.</param>
/// <param name="AddedColumns">What it was given; of a new one, all.</param>
public sealed record MadeIndex(string Id, string Name, bool IsNew, IReadOnlyList<string> AddedColumns);

/// <summary>A view of all files of a project, made so that mounts find their details in it: its columns are what mounts use, and the annotations.</summary>
public static class FileIndex
{
    /// <summary>Mounts look at a view of that name first.</summary>
    public const string ViewName = "Files for SynapseFs";

    // The service takes 152 columns and 64,000 bytes a row; the widest of these stay far below.
    private const int MostColumns = 120;
    private const long MostBytes = 50_000;

    // Characters of a column of texts.
    private const long LongestText = 1000;

    /// <summary>Makes the view, or gives one that is there what it lacks.</summary>
    /// <param name="project">A project's id.</param>
    /// <exception cref="FsException">It cannot be, in words for a person.</exception>
    /// <exception cref="SynapseException">Synapse refused or could not be reached.</exception>
    public static async Task<MadeIndex> MakeAsync(SynapseClient client, string project, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var entity = await client.Entities.GetAsync(project, null, RequestPriority.Interactive, cancellationToken);
        if (entity.ConcreteType != SynapseTypes.Project)
            throw new FsException(FsError.InvalidArgument, $"{project} ({entity.Name}) is no project; name the project that it lies in.");
        var id = await client.Children.FindAsync(entity.Id, ViewName, RequestPriority.Interactive, cancellationToken);
        var wanted = await ColumnsAsync(client, entity.Id!, cancellationToken);
        return id is null
            ? await CreateAsync(client, entity.Id!, wanted, cancellationToken)
            : await CompleteAsync(client, id, entity.Id!, wanted, cancellationToken);
    }

    private static async Task<IReadOnlyList<ColumnModel>> ColumnsAsync(
        SynapseClient client, string project, CancellationToken cancellationToken)
    {
        var usual = await client.Tables.GetViewColumnsAsync(FileView.FileBit, RequestPriority.Interactive, cancellationToken);
        string[] used = ["name", "parentId", "currentVersion", .. FileView.NeededColumns, .. FileView.UsedColumns];
        var suggested = await client.Tables.SuggestColumnsAsync([project], FileView.FileBit, RequestPriority.Interactive, cancellationToken);
        var single = suggested.GroupBy(column => column.Name).Where(group => group.Count() == 1).Select(group => group.Single());
        var columns = usual.Where(column => used.Contains(column.Name)).ToList();
        foreach (var column in single.Where(column => column.MaximumSize is null or <= LongestText).Select(WithRoom))
        {
            if (columns.Count < MostColumns && columns.Append(column).Sum(WidthOf) < MostBytes)
                columns.Add(column);
        }

        return await client.Tables.CreateColumnsAsync(
            [.. columns.Select(column => column with { Id = null })], RequestPriority.Interactive, cancellationToken);
    }

    private static async Task<MadeIndex> CreateAsync(
        SynapseClient client, string project, IReadOnlyList<ColumnModel> columns, CancellationToken cancellationToken)
    {
        var view = new Entity
        {
            ConcreteType = SynapseTypes.EntityView,
            Name = ViewName,
            ParentId = project,
            Other = new Dictionary<string, JsonElement>
            {
                ["scopeIds"] = Texts([project]),
                ["viewTypeMask"] = Number(FileView.FileBit),
                ["columnIds"] = Texts(columns.Select(column => column.Id!)),
            },
        };
        var made = await client.Entities.CreateAsync(view, RequestPriority.Interactive, cancellationToken);
        return new MadeIndex(made.Id!, ViewName, IsNew: true, [.. columns.Select(column => column.Name!)]);
    }

    private static async Task<MadeIndex> CompleteAsync(
        SynapseClient client, string id, string project, IReadOnlyList<ColumnModel> wanted, CancellationToken cancellationToken)
    {
        var entity = await client.Entities.GetAsync(id, null, RequestPriority.Interactive, cancellationToken);
        if (FileView.Of(entity, []) is not { ShowsFiles: true } view || !view.Covers([project]))
        {
            throw new FsException(
                FsError.AlreadyExists, $"{id} in the project has the name '{ViewName}' and is no view of its files; rename it, and ask again.");
        }

        var present = await client.Tables.GetColumnsAsync(id, RequestPriority.Interactive, cancellationToken);
        var replaced = present.Where(column => wanted.Any(want => want.Name == column.Name && want.Id != column.Id) && !IsRoomier(column, wanted)).ToList();
        var missing = wanted.Where(want => !present.Except(replaced).Any(column => column.Name == want.Name)).ToList();
        if (missing.Count == 0)
            return new MadeIndex(id, ViewName, IsNew: false, []);
        entity.Other!["columnIds"] = Texts(present.Except(replaced).Concat(missing).Select(column => column.Id!));
        await client.Entities.UpdateAsync(entity, VersionChange.Keep, RequestPriority.Interactive, cancellationToken);
        return new MadeIndex(id, ViewName, IsNew: false, [.. missing.Select(column => column.Name!)]);
    }

    // A column that somebody made wider will do.
    private static bool IsRoomier(ColumnModel column, IReadOnlyList<ColumnModel> wanted) =>
        wanted.Single(want => want.Name == column.Name) is var want && want.ColumnType == column.ColumnType
        && (column.MaximumSize ?? 0) >= (want.MaximumSize ?? 0) && (column.MaximumListLength ?? 0) >= (want.MaximumListLength ?? 0);

    // A value that is too long for its column would make the whole view fail.
    private static ColumnModel WithRoom(ColumnModel column) =>
        column.MaximumSize is { } size ? column with { MaximumSize = Math.Min(LongestText, Math.Max(50, 2 * size)) } : column;

    // What a cell may take at most, roughly as the service counts it.
    private static long WidthOf(ColumnModel column)
    {
        var one = column.ColumnType is "STRING" or "STRING_LIST" ? 4 * (column.MaximumSize ?? 50) : 25;
        return column.ColumnType?.EndsWith("_LIST", StringComparison.Ordinal) == true ? one * (column.MaximumListLength ?? 100) : one;
    }

    private static JsonElement Texts(IEnumerable<string> texts) => Parse($"[{string.Join(',', texts.Select(text => $"\"{text}\""))}]");

    private static JsonElement Number(long number) => Parse(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
