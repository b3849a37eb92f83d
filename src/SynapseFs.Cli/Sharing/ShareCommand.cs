using System.CommandLine;
using System.Globalization;
using SynapseFs.Cli.Commands;
using SynapseFs.Cli.Control;
using SynapseFs.Cli.Registry;
using SynapseFs.Cli.Showing;
using SynapseFs.Entities.Access;

namespace SynapseFs.Cli.Sharing;

/// <summary>synapsefs share PATH [--with NAME --can LEVEL | --inherit]: who may do what, through the mount's own access.json.</summary>
internal static class ShareCommand
{
    private const string Nothing = "nothing";
    private static readonly string[] Headings = ["NAME", "CAN"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static Command Create(CommandContext context)
    {
        var path = new Argument<string>("PATH") { Description = "A file or directory in a mount." };
        var with = new Option<string?>("--with") { Description = "A user's or team's name, PUBLIC, or AUTHENTICATED_USERS.", HelpName = "NAME" };
        var can = new Option<string?>("--can") { Description = "What they may do; nothing takes it back.", HelpName = string.Join('|', [.. AccessLevels.Names, Nothing]) };
        can.AcceptOnlyFromAmong([.. AccessLevels.Names, Nothing]);
        var inherit = new Option<bool>("--inherit") { Description = "Give up its own list: what is above it decides again." };
        var command = new Command("share", "Show who may do what with something in a mount, or change it.") { path, with, can, inherit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (name, level, inherits) = (parsed.GetValue(with), parsed.GetValue(can), parsed.GetValue(inherit));
            if (name is null != level is null || (inherits && name is not null))
                throw CliException.Usage("Say --with NAME and --can LEVEL together, or --inherit, or none of them to see who may do what.");
            var entity = await MountedEntity.FindAsync(context, parsed.GetRequiredValue(path), cancellationToken);
            var present = await SharingFile.ReadAsync(entity);
            if (inherits)
                await InheritAsync(context, entity, present, cancellationToken);
            else if (name is not null)
                await ChangeAsync(context, entity, present, name, level == Nothing ? null : level, cancellationToken);
            else
                Show(context, entity, present);
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Show(CommandContext context, MountedEntity entity, SharingFile present)
    {
        context.Terminal.Table(Headings, [.. present.SharedWith.Select(entry => (IReadOnlyList<string>)[entry.Key, SharingFile.CanOf(entry.Value)])]);
        context.Terminal.Remark(present.Inherits
            ? $"{entity.Path} ({entity.Id}) inherits this from {present.InheritsFrom}."
            : $"{entity.Path} ({entity.Id}) has a list of its own.");
    }

    private static async Task InheritAsync(
        CommandContext context, MountedEntity entity, SharingFile present, CancellationToken cancellationToken)
    {
        if (present.Inherits)
        {
            context.Terminal.Say($"Nothing to change: {entity.Path} ({entity.Id}) inherits from {present.InheritsFrom} already.");
            return;
        }
        var now = await WriteAsync(context, entity, present with { Inherits = true }, cancellationToken);
        context.Terminal.Say($"{entity.Path} ({entity.Id}) has no list of its own any more; it inherits from {now.InheritsFrom}.");
    }

    private static async Task ChangeAsync(
        CommandContext context, MountedEntity entity, SharingFile present, string name, string? level, CancellationToken cancellationToken)
    {
        var known = present.NameLike(name);
        var shown = known ?? name;
        if ((known is null ? null : SharingFile.CanOf(present.SharedWith[known])) == level)
        {
            context.Terminal.Say(level is null
                ? $"Nothing to change: {shown} is not in the list of {entity.Path} ({entity.Id})."
                : $"Nothing to change: {shown} can {level} {entity.Path} ({entity.Id}) already.");
            return;
        }
        await WriteAsync(context, entity, present.With(name, level), cancellationToken);
        context.Terminal.Say(level is null
            ? $"{shown} is no longer in the list of {entity.Path} ({entity.Id})."
            : $"{shown} can {level} {entity.Path} ({entity.Id}).");
        if (present.Inherits)
            context.Terminal.Say($"It has a list of its own from now on, begun as that of {present.InheritsFrom}: what changes there does not " +
                "change here any more (--inherit takes that back).");
    }

    /// <summary>Through the mount, and on to Synapse. What stands there afterwards.</summary>
    private static async Task<SharingFile> WriteAsync(
        CommandContext context, MountedEntity entity, SharingFile wanted, CancellationToken cancellationToken)
    {
        if (entity.Place.Mount.ReadOnly)
            throw new CliException($"{entity.Place.Mount.Mountpoint} is mounted read-only: share through a mount made without --read-only.");
        var face = entity.FaceOf(SharingFile.FileName);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(face) & UnixFileMode.UserWrite) == 0)
            throw new CliException($"You may not share {entity.Path} ({entity.Id}); that takes admin, which its administrators can give.");
        var registry = MountRegistry.Of(context.Surroundings);
        var door = new ControlDoor(registry.SocketOf(entity.Place.Mount.Pid));
        // Renaming tells what is wrong; what close says, the runtime does not.
        var beside = string.Create(CultureInfo.InvariantCulture, $"{face}.{Environment.ProcessId}.tmp");
        try
        {
            await File.WriteAllTextAsync(beside, wanted.ToText(), cancellationToken);
            File.Move(beside, face, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            throw new CliException(await ReasonAsync(door, entity, cancellationToken) ?? problem.Message, problem);
        }
        var blocked = await door.WaitAsync(entity.FacesPlace, _ => { }, cancellationToken);
        if (blocked is [var first, ..])
            throw new CliException($"Synapse does not take it: {first.Reason}");
        return await SeeAsync(context, entity, wanted, cancellationToken) ?? throw new CliException(
            await ReasonAsync(door, entity, cancellationToken)
            ?? $"Somebody changed who may use {entity.Path} at the same time; look at it and try again.");
    }

    /// <summary>
    /// The list once it is shown as wanted, or null. The kernel hears a moment later of what was sent, and the next change must begin with it.
    /// </summary>
    private static async Task<SharingFile?> SeeAsync(
        CommandContext context, MountedEntity entity, SharingFile wanted, CancellationToken cancellationToken)
    {
        var began = context.Time.GetTimestamp();
        while (true)
        {
            var now = await SharingFile.ReadAsync(entity);
            if (now.Inherits == wanted.Inherits && (wanted.Inherits || now.IsSameListAs(wanted)))
                return now;
            if (context.Time.GetElapsedTime(began) > Patience)
                return null;
            await Task.Delay(Pause, context.Time, cancellationToken);
        }
    }

    /// <summary>The latest that the mount said about the list.</summary>
    private static async Task<string?> ReasonAsync(ControlDoor door, MountedEntity entity, CancellationToken cancellationToken)
    {
        var status = await door.GetStatusAsync(TimeSpan.FromSeconds(3), cancellationToken);
        return status?.Notices.LastOrDefault(notice => notice.Contains($"{entity.FacesPlace}/{SharingFile.FileName}", StringComparison.Ordinal));
    }
}
