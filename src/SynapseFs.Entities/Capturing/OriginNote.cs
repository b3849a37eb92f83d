using System.Text.Json;
using System.Text.Json.Serialization;
using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Capturing;

/// <summary>
/// How a content came about, as it waits with the change that it belongs to. Stored with the journal, so older forms have to stay readable.
/// </summary>
internal sealed record OriginNote
{
    /// <summary>The commands, as a person would write them.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    public IReadOnlyList<OriginSource> Sources { get; init; } = [];

    public static OriginNote Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, OriginJson.Default.OriginNote) ?? new OriginNote();
        }
        catch (JsonException)
        {
            // Another version's: what it says is lost, and nothing else.
            return new OriginNote();
        }
    }

    /// <summary>Whether a note speaks of contents that are no versions yet. Asked of every note at every look at what waits: quick.</summary>
    public static bool IsOpen(string text) => text.Contains("\"unsent\":", StringComparison.Ordinal);

    /// <summary>Null where nothing was used.</summary>
    public string? ToText() => Sources.Count == 0 ? null : JsonSerializer.Serialize(this, OriginJson.Default.OriginNote);

    public static OriginNote Merge(OriginNote earlier, OriginNote later) => new()
    {
        Commands = [.. earlier.Commands.Concat(later.Commands).Distinct()],
        Sources = [.. earlier.Sources.Concat(later.Sources).Distinct()],
    };

    /// <summary>What became of a content stands in its place: the version that has it, or what it was itself made from.</summary>
    public OriginNote With(ContentFate fate)
    {
        if (!Sources.Any(source => source.Is(fate)))
            return this;
        var rest = this with { Sources = [.. Sources.Where(source => !source.Is(fate))] };
        var executed = Sources.Where(source => source.Is(fate)).Select(source => source.IsExecuted);
        if (fate.Node is { } node)
            return Merge(rest, new OriginNote { Sources = [.. executed.Select(isExecuted => OriginSource.Of(node, isExecuted)).OfType<OriginSource>()] });
        return fate.Note is { } note ? Merge(rest, Parse(note)) : rest;
    }

    /// <summary>Null where nothing that was used is known to Synapse.</summary>
    public Activity? ToActivity()
    {
        var used = Sources.Where(source => source.Id is not null).OrderBy(source => Client.SynapseEntityId.Parse(source.Id!).Number)
            .ThenBy(source => source.Version).Select(source => new Used
            {
                ConcreteType = Used.Entity,
                WasExecuted = source.IsExecuted,
                Reference = new Reference { TargetId = source.Id, TargetVersionNumber = source.Version },
            }).ToList();
        // What was executed was opened as well.
        var executed = used.Where(item => item.WasExecuted == true).Select(item => item.Reference).ToHashSet();
        used.RemoveAll(item => item.WasExecuted == false && executed.Contains(item.Reference));
        return used.Count == 0 ? null : new Activity { Name = string.Join(" | ", Commands), Used = used };
    }
}

/// <summary>One thing used: a version, or a content of this mount that is no version yet.</summary>
internal sealed record OriginSource
{
    public string? Id { get; init; }

    public long? Version { get; init; }

    public ulong Inode { get; init; }

    public long Unsent { get; init; }

    public string? Path { get; init; }

    public bool IsExecuted { get; init; }

    /// <summary>Null for what is no entity.</summary>
    public static OriginSource? Of(RemoteNode node, bool isExecuted) =>
        VersionOf(node) is { } id ? new OriginSource { Id = id.Id, Version = id.Version, IsExecuted = isExecuted } : null;

    public bool Is(ContentFate fate) => Id is null && Inode == fate.Inode.Value && Unsent <= fate.UpTo;

    private static Client.SynapseEntityId? VersionOf(RemoteNode node)
    {
        if (node.Kind == EntityKinds.FileVersion)
            return Client.SynapseEntityId.Parse(node.RemoteId);
        if (node.Kind != EntityKinds.File && node.Kind != EntityKinds.Document)
            return null;
        return Client.SynapseEntityId.TryParse(node.RemoteId, out var id) ? id with { Version = id.Version ?? EntityRevision.VersionOf(node.Revision) } : null;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(OriginNote))]
internal sealed partial class OriginJson : JsonSerializerContext;
