using SynapseFs.Api;

namespace SynapseFs.Entities.Past;

/// <summary>
/// What a list of versions says about a moment. A version's date is that of its last change, and renaming or annotating changes it too; so
/// the first version that is younger than the moment may have been there, with the same bytes. When its bytes were uploaded tells.
/// </summary>
/// <param name="Certain">The number of the newest version that was surely there; null: none.</param>
/// <param name="Doubtful">The number of the version after it, if it was there in case its bytes were; null: it was not.</param>
internal readonly record struct PastChoice(long? Certain, long? Doubtful)
{
    /// <param name="versions">All that are left, in any order, of a file that was there at the moment.</param>
    public static PastChoice Of(IEnumerable<VersionInfo> versions, DateTimeOffset moment)
    {
        var ordered = versions.Where(version => version.VersionNumber is not null).OrderBy(version => version.VersionNumber).ToList();
        var certain = ordered.LastOrDefault(version => version.ModifiedOn <= moment);
        var next = ordered.FirstOrDefault(version => version.VersionNumber > (certain?.VersionNumber ?? 0));
        // The first version came with the file itself.
        if (next?.VersionNumber == 1)
            return new PastChoice(1, null);
        // Bytes that an older version has too may have been put back at any time.
        var isNew = next is not null && ordered.TrueForAll(version =>
            version.VersionNumber >= next.VersionNumber || version.ContentMd5 is null || version.ContentMd5 != next.ContentMd5);
        return new PastChoice(certain?.VersionNumber, isNew ? next!.VersionNumber : null);
    }
}
