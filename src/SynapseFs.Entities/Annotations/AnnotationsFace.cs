using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Changing;
using SynapseFs.Entities.Documents;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Annotations;

/// <summary>All annotations as a text; a key that is left out is deleted.</summary>
internal sealed class AnnotationsFace(AnnotationWriter writer) : Face
{
    public override NodeKind Kind => EntityKinds.AnnotationsJson;

    public override string FileName => "annotations.json";

    public override Task<EntityDocument> ReadAsync(
        SynapseEntityId id, EntityBundle bundle, Urgency urgency, CancellationToken cancellationToken) =>
        Task.FromResult(Read(bundle));

    public override void Check(ReadOnlyMemory<byte> text) => AnnotationsJson.Read(text, new Dictionary<string, AnnotationsValue>());

    public override Task<EntityBundle> WriteAsync(
        SynapseEntityId id, ReadOnlyMemory<byte> text, Action<EntityDocument> requireKnown, Urgency urgency,
        CancellationToken cancellationToken) =>
        writer.WriteAsync(id, bundle => Wanted(bundle, text, requireKnown), urgency, cancellationToken);

    private static EntityDocument Read(EntityBundle bundle) => AnnotationsJson.Write(AnnotationWriter.Of(bundle));

    private static Dictionary<string, AnnotationsValue>? Wanted(
        EntityBundle bundle, ReadOnlyMemory<byte> text, Action<EntityDocument> requireKnown)
    {
        var present = AnnotationWriter.Of(bundle);
        var wanted = Understood(text, present);
        if (wanted.Count == present.Count
            && wanted.All(annotation => present.TryGetValue(annotation.Key, out var there) && AnnotationValues.AreEqual(annotation.Value, there)))
            return null;
        requireKnown(Read(bundle));
        return wanted;
    }

    private static Dictionary<string, AnnotationsValue> Understood(
        ReadOnlyMemory<byte> text, IReadOnlyDictionary<string, AnnotationsValue> present)
    {
        try
        {
            return AnnotationsJson.Read(text, present);
        }
        catch (FsException refusal)
        {
            throw new ChangeRefusedException(ChangeRefusal.Impossible, refusal.Message, refusal);
        }
    }
}
