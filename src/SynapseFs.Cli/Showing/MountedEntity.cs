using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Control;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Waiting;

namespace SynapseFs.Cli.Showing;

/// <summary>A path in a mount with what the mount knows about it.</summary>
/// <param name="Path">As the person wrote it.</param>
internal sealed record MountedEntity(string Path, MountedPath Place, PathFacts Facts)
{
    private const string FactPrefix = "user.synapse.";

    /// <summary>The entity's id without a version; null for what is not in Synapse.</summary>
    public string? Id => Fact("id");

    public string? Url => Fact("url");

    /// <exception cref="CliException">It lies in no mount that answers.</exception>
    public static async Task<MountedEntity> FindAsync(CommandContext context, string path, CancellationToken cancellationToken)
    {
        var registry = MountRegistry.Of(context.Surroundings);
        var place = MountedPath.Resolve(path, registry);
        var facts = await new ControlDoor(registry.SocketOf(place.Mount.Pid)).GetFactsAsync(place.Place, cancellationToken)
            ?? throw new CliException($"{place.Mount.Mountpoint} does not answer; its log: {place.Mount.LogFile}");
        return new MountedEntity(path, place, facts);
    }

    /// <summary>One of the entity's facts, by its name below <c>user.synapse.</c>; null where it has none.</summary>
    public string? Fact(string name) => Facts.Xattrs.GetValueOrDefault(FactPrefix + name);

    /// <summary>The id, for commands that need one.</summary>
    /// <exception cref="CliException">It is not in Synapse.</exception>
    public string RequireId() => Id ?? throw new CliException(
        $"{Path} is not in Synapse{(Fact("state") is { } state ? $" ({state})" : "")}: either it waits to be sent (synapsefs wait), or it exists here only.");

    /// <summary>The directory of the entity's faces, from the mount's root.</summary>
    public string FacesPlace => $"/.synapse/of/{RequireId()}";

    /// <summary>One of the entity's faces, as a path of this machine.</summary>
    public string FaceOf(string name) => $"{Place.Mount.Mountpoint}{FacesPlace}/{name}";
}
