using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Files;

/// <summary>A file entity, current or at a pinned version, as a regular file.</summary>
internal sealed class FileDescriber(SynapseClient client, Portal portal, PrincipalNames principals) : EntityDescriber(portal, principals)
{
    /// <summary>The name that the file handle has, which need not be the entity's.</summary>
    public const string FileNameXattr = "user.synapse.file-name";

    private const int VersionPage = 100;

    // Permission lies with an ancestor's sharing, so a grant moves no date of the file's own.
    private static readonly TimeSpan DeniedLifetime = TimeSpan.FromMinutes(1);

    public override async Task<RemoteDetails> DescribeAsync(
        string id, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken)
    {
        var denied = FileRights.WhyDenied(id, bundle, Portal);
        var isPinned = SynapseEntityId.Parse(id).Version is not null;
        var permissions = FileRights.PermissionsOf(bundle, denied is not null);
        var details = await DescribeCommonAsync(
            id, bundle, isPinned ? permissions & ~FilePermissions.AllWrite : permissions, urgency, cancellationToken) with
        {
            Rights = isPinned ? NodeRights.None : EntityRights.OfLeaf(bundle.Permissions),
        };
        return denied is null
            ? await WithContentAsync(details, FileRights.DataHandle(bundle)!, cancellationToken)
            : await WithoutContentAsync(details, id, bundle, denied, urgency, cancellationToken);
    }

    private async Task<RemoteDetails> WithContentAsync(RemoteDetails details, FileHandle handle, CancellationToken cancellationToken)
    {
        var described = details with
        {
            Length = handle.ContentSize ?? await client.Downloads.FindLengthAsync(handle, cancellationToken),
            Content = new ContentKey(handle.Id!, Md5Text.Normalize(handle.ContentMd5)),
        };
        return WithFacts(described, ("md5", handle.ContentMd5), ("content-type", handle.ContentType), ("file-name", handle.FileName));
    }

    private async Task<RemoteDetails> WithoutContentAsync(
        RemoteDetails details, string id, EntityBundle bundle, string denied, Urgency urgency, CancellationToken cancellationToken)
    {
        var version = await FindVersionAsync(id, bundle.Entity?.VersionNumber, urgency, cancellationToken);
        var isKnown = long.TryParse(version?.ContentSize, NumberStyles.None, CultureInfo.InvariantCulture, out var size);
        var described = details with { Length = isKnown ? size : null, Denied = denied, Lifetime = DeniedLifetime };
        return WithFacts(described, ("md5", version?.ContentMd5), ("access", denied));
    }

    // The list of versions is the one place that tells size and MD5 to who may only look. Newest first, so that the current one
    // costs a page of one.
    private async Task<VersionInfo?> FindVersionAsync(string id, long? number, Urgency urgency, CancellationToken cancellationToken)
    {
        var entity = SynapseEntityId.Parse(id);
        var limit = entity.Version is null ? 1 : VersionPage;
        for (var offset = 0; ; offset += limit)
        {
            var page = await client.Entities
                .GetVersionsAsync(entity.Id, offset, limit, urgency.ToPriority(), cancellationToken)
                .ForAsync(id);
            var found = page.Results.FirstOrDefault(version => entity.Version is null || version.VersionNumber == number);
            if (found is not null || page.Results.Count < limit)
                return found;
        }
    }
}
