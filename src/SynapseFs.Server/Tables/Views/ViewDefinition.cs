using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SynapseFs.Server.Rules;

namespace SynapseFs.Server.Tables.Views;

/// <summary>What a view, dataset or collection shows, read from its fields.</summary>
internal sealed record ViewDefinition
{
    public const string EntityView = "entityview";
    public const string SubmissionView = "submissionview";
    public const string Dataset = "dataset";
    public const string DatasetCollection = "datasetcollection";

    public required string Kind { get; init; }
    public required long Mask { get; init; }

    /// <summary>Containers, projects or, for submissions, evaluations.</summary>
    public IReadOnlyList<long> Scope { get; init; } = [];

    /// <summary>Of datasets and collections.</summary>
    public IReadOnlyList<ViewItem> Items { get; init; } = [];
    public IReadOnlyList<string> ColumnIds { get; init; } = [];

    public bool IsOfItems => Kind is Dataset or DatasetCollection;

    public bool IsEmpty => IsOfItems ? Items.Count == 0 : Scope.Count == 0;

    public static bool IsView(string kind) => kind is EntityView or SubmissionView or Dataset or DatasetCollection;

    public static ViewDefinition Of(string kind, IReadOnlyDictionary<string, JsonElement> fields) => new()
    {
        Kind = kind,
        Mask = kind switch
        {
            EntityView => ViewMask.Of(fields.Text("type"), fields.Number("viewTypeMask")),
            Dataset => ViewMask.File,
            DatasetCollection => ViewMask.Dataset,
            _ => 0,
        },
        Scope = [.. fields.Texts("scopeIds").Select(EntityIds.Parse).Distinct()],
        Items = fields.Pairs("items"),
        ColumnIds = fields.Texts("columnIds"),
    };

    /// <summary>Equal for equal views: an index that was made for another one is no good.</summary>
    public string Fingerprint()
    {
        var items = string.Join(',', Items.Select(item => $"{item.Id}.{item.Version}"));
        var text = $"{Kind} {Mask} {string.Join(',', ColumnIds)} {string.Join(',', Scope)} {items}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
