using SynapseFs.Api;
using SynapseFs.Core.Providers;
using SynapseFs.Store;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Annotations;

/// <summary>
/// Changes of extended attributes put into an entity's annotations. Other keys stay whoever changed them; a key that somebody else has
/// changed since is theirs. Pure.
/// </summary>
internal static class AnnotationChanges
{
    /// <returns>All annotations that the entity is to have; null: it has them already.</returns>
    /// <exception cref="ChangeRefusedException">XattrsChanged.</exception>
    public static Dictionary<string, AnnotationsValue>? Merge(
        IReadOnlyDictionary<string, AnnotationsValue> present, XattrChanges changes, string what)
    {
        var merged = new Dictionary<string, AnnotationsValue>(present, StringComparer.Ordinal);
        var overtaken = new List<string>();
        var isChanged = false;
        foreach (var (name, change) in changes.All)
        {
            var key = AnnotationXattrs.KeyOf(name);
            var there = present.GetValueOrDefault(key);
            var wanted = Wanted(name, change, there);
            if (wanted is null ? there is null : there is not null && AnnotationValues.AreEqual(wanted, there))
                continue;
            if (change.IsBaseKnown && change.Base != (there is null ? null : AnnotationText.Format(there)))
                overtaken.Add(name);
            else if (wanted is null)
                merged.Remove(key);
            else
                merged[key] = wanted;
            isChanged = true;
        }

        return overtaken.Count > 0 ? throw Overtaken(overtaken, changes, present, what) : isChanged ? merged : null;
    }

    // A type that the key has can have narrower limits than the one that the text has by itself.
    private static AnnotationsValue? Wanted(string name, XattrChange change, AnnotationsValue? there)
    {
        try
        {
            return change.Value is { } text ? AnnotationValues.Resolve(AnnotationValues.Read(text), change.Form, there) : null;
        }
        catch (FsException refusal)
        {
            throw new ChangeRefusedException(ChangeRefusal.Impossible, $"{name}: {refusal.Message}", refusal) { Xattrs = [name] };
        }
    }

    private static ChangeRefusedException Overtaken(
        List<string> names, XattrChanges changes, IReadOnlyDictionary<string, AnnotationsValue> present, string what)
    {
        var told = names.Select(name =>
        {
            var there = present.GetValueOrDefault(AnnotationXattrs.KeyOf(name));
            var theirs = there is null ? "removed" : $"changed to '{AnnotationText.Format(there)}'";
            var ours = changes.All[name].Value is { } value ? $"'{value}'" : "its removal";
            return $"{name} was {theirs} in Synapse since, so {ours} was not sent";
        });
        return new ChangeRefusedException(ChangeRefusal.XattrsChanged, $"'{what}': {string.Join("; ", told)}. Set it again if it is to be so.")
        {
            Xattrs = names,
        };
    }
}
