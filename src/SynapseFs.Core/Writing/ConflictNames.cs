using System.Globalization;
using SynapseFs.Store;

namespace SynapseFs.Core.Writing;

/// <summary>Names for the second of two things that want the same one. Pure.</summary>
internal static class ConflictNames
{
    /// <summary>
    /// <c>name (conflict, who, date).ext</c>, or with a number after the date when that is taken too. Long names are shortened in
    /// front of the brackets, so that the extension stays.
    /// </summary>
    /// <param name="name">The name both want.</param>
    /// <param name="who">Whose the renamed one is.</param>
    /// <param name="on">The day.</param>
    /// <param name="longest">Characters a name may have.</param>
    /// <param name="isTaken">Whether something has that name already.</param>
    public static string Of(string name, string who, DateTimeOffset on, int longest, Func<string, bool> isTaken)
    {
        var (stem, extension) = Split(name);
        var day = on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        for (var again = 1; ; again++)
        {
            var mark = again == 1 ? $" (conflict, {who}, {day})" : $" (conflict, {who}, {day} {again})";
            var room = Math.Max(1, longest - mark.Length - extension.Length);
            var candidate = (stem.Length <= room ? stem : stem[..room].TrimEnd()) + mark + extension;
            if (!isTaken(candidate))
                return candidate;
        }
    }

    // Two-part endings of the field stay together: reads.fastq.gz, calls.vcf.bgz.
    private static (string Stem, string Extension) Split(string name)
    {
        var dot = name.LastIndexOf('.');
        if (dot <= 0 || name.Length - dot > 12)
            return (name, string.Empty);
        var before = name.LastIndexOf('.', dot - 1);
        if (name[dot..] is ".gz" or ".bgz" or ".bz2" or ".xz" or ".zst" && before > 0 && dot - before <= 8)
            dot = before;
        return (name[..dot], name[dot..]);
    }
}
