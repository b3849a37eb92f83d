using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Documents;

/// <summary>An entity of any type as a file that holds its JSON.</summary>
internal sealed class DocumentDescriber(Portal portal, PrincipalNames principals, RecentDocuments recent)
    : EntityDescriber(portal, principals)
{
    // The etag may move without the modification date (a version deleted, provenance set), and it stands in the text:
    // until this has passed, a changed entity reads as ESTALE.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public override async Task<RemoteDetails> DescribeAsync(
        string id, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken)
    {
        var details = await DescribeCommonAsync(id, bundle, FilePermissions.AllRead, urgency, cancellationToken);
        var document = EntityDocument.Of(bundle.Entity!);
        var key = KeyOf(id, document);
        recent.Add(key, document);
        var described = details with { Length = document.Bytes.Length, Content = key, Lifetime = Lifetime };
        return WithFacts(described, ("md5", document.Md5), ("content-type", "application/json"));
    }

    public static ContentKey KeyOf(string id, EntityDocument document) => new($"entity-{id}-{document.Md5}", document.Md5);
}
