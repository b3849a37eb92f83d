using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.PythonCache;
using SynapseFs.Store;

namespace SynapseFs.Entities.Files;

/// <summary>
/// The bytes behind one file handle: from a copy that the Python client has, else from Synapse. Only here is an address asked for, and only
/// when bytes are wanted: Synapse counts each as a download.
/// </summary>
/// <param name="association">The file handle, and through what it is asked for.</param>
/// <param name="fileName">The file handle's; null when nobody knows.</param>
/// <param name="copies">Null: the Python client's cache is left alone.</param>
internal sealed class FileContent(
    SynapseClient client, FileHandleAssociation association, ContentKey key, long? length, string? fileName, PythonClientCache? copies)
    : RemoteContent
{
    public override long? Length => length;

    public override bool WantsWhole => copies is { Registers: true } && fileName is not null && key.Md5 is not null && length is not null;

    private string What => association.AssociateObjectId ?? "";

    public override async Task<Stream> OpenRangeAsync(long offset, long? length, Urgency urgency, CancellationToken cancellationToken)
    {
        if (copies is not null && key.Md5 is { } md5 && Length is { } whole
            && await copies.OpenRangeAsync(key.Id, md5, whole, offset, length, cancellationToken) is { } local)
            return local;
        var stream = await client.Downloads
            .OpenRangeAsync(association, offset, length, urgency.ToPriority(), cancellationToken)
            .ForAsync(What);
        return new TranslatedStream(stream, What);
    }

    public override async Task PrepareAsync(Urgency urgency, CancellationToken cancellationToken)
    {
        if (copies is null || length is not { } whole || !await copies.HasAsync(key, whole, cancellationToken))
            await client.Downloads.PrepareAsync(association, urgency.ToPriority(), cancellationToken).ForAsync(What);
    }

    public override void WasWrong() => copies?.Mistrust(key.Id);

    public override Task KeptAsync(Stream whole, CancellationToken cancellationToken) => WantsWhole
        ? copies!.RegisterAsync(key.Id, fileName!, key.Md5!, length!.Value, whole, cancellationToken)
        : Task.CompletedTask;
}
