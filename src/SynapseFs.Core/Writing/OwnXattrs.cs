using SynapseFs.Store;

namespace SynapseFs.Core.Writing;

/// <summary>Wanted extended attributes while what they are wanted of changes. Pure.</summary>
internal static class OwnXattrs
{
    /// <summary>All that are shown: those of the description, with those wanted over them.</summary>
    public static Dictionary<string, string> Shown(NodeDetails? details, XattrChanges wanted)
    {
        var shown = details is null ? [] : new Dictionary<string, string>(details.Xattrs, StringComparer.Ordinal);
        foreach (var (name, change) in wanted.All)
        {
            if (change.Value is { } value)
                shown[name] = value;
            else
                shown.Remove(name);
        }

        return shown;
    }

    /// <summary>One more change.</summary>
    /// <param name="details">What is known of the thing; null: nothing.</param>
    /// <param name="isNew">Whether the remote side has nothing of it.</param>
    public static XattrChanges With(
        XattrChanges wanted, string name, string? value, string? form, NodeDetails? details, bool isNew)
    {
        if (value is null && isNew)
            return wanted.Without(name);
        var change = wanted.Find(name) is { } before
            ? before with { Value = value, Form = form }
            : Change(value, form, name, details, isNew);
        return wanted.With(name, change);
    }

    /// <summary>What is left when some have been sent. What was wanted anew meanwhile is wanted over what was sent.</summary>
    public static XattrChanges Sent(XattrChanges wanted, XattrChanges sent)
    {
        foreach (var (name, change) in sent.All)
        {
            if (wanted.Find(name) is { } now)
                wanted = now == change ? wanted.Without(name) : wanted.With(name, now with { Base = change.Value, IsBaseKnown = true });
        }

        return wanted;
    }

    /// <summary>What is left when some are given up. What was wanted anew meanwhile stays.</summary>
    public static XattrChanges GivenUp(XattrChanges wanted, XattrChanges refused, IReadOnlyCollection<string> names)
    {
        foreach (var (name, change) in refused.All.Where(change => names.Count == 0 || names.Contains(change.Key)))
            wanted = wanted.Find(name) == change ? wanted.Without(name) : wanted;
        return wanted;
    }

    /// <summary>Those of a thing that a new node takes over, with the node's own over them.</summary>
    /// <param name="details">What is known of the thing.</param>
    public static XattrChanges TakenOver(XattrChanges taken, NodeDetails? details, XattrChanges own)
    {
        foreach (var (name, change) in own.All)
            taken = With(taken, name, change.Value, change.Form, details, isNew: false);
        return taken;
    }

    /// <summary>Those of a node that becomes a new thing and is to look as before.</summary>
    /// <param name="isOwn">Whether one of that name can be set.</param>
    public static XattrChanges Carried(NodeDetails? details, XattrChanges wanted, Func<string, bool> isOwn)
    {
        var carried = XattrChanges.None;
        foreach (var (name, value) in Shown(details, wanted).Where(shown => isOwn(shown.Key)))
            carried = carried.With(name, new XattrChange(value, wanted.Find(name)?.Form, null));
        return carried;
    }

    private static XattrChange Change(string? value, string? form, string name, NodeDetails? details, bool isNew) =>
        new(value, form, details?.Xattrs.GetValueOrDefault(name)) { IsBaseKnown = isNew || details is not null };
}
