using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Documents;

/// <summary>
/// One side of an entity as a text that people read and write, such as <c>of/NAME/annotations.json</c>. What is written is understood,
/// and reads as it was understood. All that is alike for such texts is <see cref="FaceProvider"/>'s and <see cref="FaceDescriber"/>'s.
/// </summary>
internal abstract class Face
{
    public abstract NodeKind Kind { get; }

    /// <summary>Its name in <c>of/NAME</c>.</summary>
    public abstract string FileName { get; }

    /// <summary>The text. The same state gives the same bytes.</summary>
    /// <param name="id">The entity, at a version where an old one is asked about.</param>
    public abstract Task<EntityDocument> ReadAsync(SynapseEntityId id, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken);

    /// <summary>Whether a text can be understood at all. Costs no call.</summary>
    /// <exception cref="FsException">InvalidArgument, in words for a person.</exception>
    public abstract void Check(ReadOnlyMemory<byte> text);

    /// <summary>Whether the service would take a text that can be understood. The default does not ask.</summary>
    /// <exception cref="SynapseException">The question failed.</exception>
    /// <exception cref="ChangeRefusedException">It would not.</exception>
    public virtual Task CheckRemotelyAsync(SynapseEntityId id, ReadOnlyMemory<byte> text, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Makes it so. What is so already is success.</summary>
    /// <param name="requireKnown">To be called with the text as it is, before it is replaced by another: refuses what is not as it was.</param>
    /// <returns>The entity afterwards.</returns>
    /// <exception cref="SynapseException">The service does not want it.</exception>
    /// <exception cref="ChangeRefusedException">Neither can it be.</exception>
    public abstract Task<EntityBundle> WriteAsync(
        SynapseEntityId id, ReadOnlyMemory<byte> text, Action<EntityDocument> requireKnown, Urgency urgency,
        CancellationToken cancellationToken);

    /// <summary>Whether the caller may write it.</summary>
    public virtual bool IsWritable(EntityBundle bundle) => bundle.Permissions?.CanEdit == true;

    public ContentKey KeyOf(string id, EntityDocument document) => new($"{Kind}-{id}-{document.Md5}", document.Md5);

    /// <summary>Whether a content of that key was one of this face.</summary>
    public bool IsOurs(ContentKey key) => key.Id.StartsWith($"{Kind}-", StringComparison.Ordinal);
}
