using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Entities.Annotations;
using SynapseFs.Entities.Provenance;

namespace SynapseFs.Entities.Describing;

/// <summary>The extended attributes of an entity: its annotations and, under <c>user.synapse.</c>, its own facts. Pure.</summary>
internal static class EntityFacts
{
    private const string Prefix = "user.synapse.";

    /// <param name="bundle">The entity with its annotations.</param>
    /// <param name="address">Its web page.</param>
    /// <param name="names">Names of principals; one without a name is shown as its number.</param>
    public static Dictionary<string, string> Of(EntityBundle bundle, string address, IReadOnlyDictionary<string, string> names)
    {
        var entity = bundle.Entity ?? new Entity();
        var xattrs = new Dictionary<string, string>(StringComparer.Ordinal);
        AnnotationXattrs.AddTo(xattrs, bundle.Annotations);
        Add(xattrs, "id", entity.Id);
        Add(xattrs, "type", bundle.EntityType ?? entity.ConcreteType);
        Add(xattrs, "version", entity.VersionNumber?.ToString(CultureInfo.InvariantCulture));
        Add(xattrs, "version-label", entity.VersionLabel);
        Add(xattrs, "etag", entity.Etag);
        Add(xattrs, "created-by", Name(entity.CreatedBy, names));
        Add(xattrs, "created-on", Text(entity.CreatedOn));
        Add(xattrs, "modified-by", Name(entity.ModifiedBy, names));
        Add(xattrs, "modified-on", Text(entity.ModifiedOn));
        Add(xattrs, "file-handle", entity.DataFileHandleId);
        Add(xattrs, "url", address);
        Add(xattrs, "provenance", bundle.Activity is { } activity ? ProvenanceText.Summary(activity) : null);
        return xattrs;
    }

    /// <summary>Adds one fact unless it is unknown.</summary>
    /// <param name="fact">Its name below <c>user.synapse.</c>.</param>
    public static void Add(Dictionary<string, string> xattrs, string fact, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            xattrs[Prefix + fact] = value;
    }

    /// <summary>A principal's name; the number where it has none.</summary>
    public static string? Name(string? principal, IReadOnlyDictionary<string, string> names) =>
        principal is null ? null : names.GetValueOrDefault(principal, principal);

    public static string? Text(DateTimeOffset? moment) => moment is { } known ? SynapseDateConverter.Text(known) : null;
}
