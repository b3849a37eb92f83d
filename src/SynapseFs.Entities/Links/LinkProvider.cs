using SynapseFs.Core.Providers;
using SynapseFs.Entities.Describing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Links;

/// <summary>A link entity.</summary>
internal sealed class LinkProvider(EntityReader reader, LinkDescriber describer) : EntityProvider(reader, describer)
{
    public override NodeKind Kind => EntityKinds.Link;

    public override NodeType Type => NodeType.SymbolicLink;
}
