using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Sending;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Changing;

/// <summary>
/// The one table from the service's failures to why a change was refused, with the remedy. The words are those of the service's
/// source (repo-prod) and of its newer documentation. What stands in no row is trouble that may pass by itself. Pure.
/// </summary>
internal static class ChangeErrors
{
    private const int Locked = 423;

    // The first that fits counts.
    private static readonly IReadOnlyList<RefusalRule> Rules =
    [
        new(SynapseFailure.Unauthorized, "", ChangeRefusal.NotSignedIn,
            "The token has ended or was revoked: run synapsefs login, then unmount and mount again"),
        new(SynapseFailure.Forbidden, "anonymous", ChangeRefusal.NotSignedIn,
            "Nobody is signed in: run synapsefs login, then unmount and mount again"),
        new(SynapseFailure.Forbidden, "terms of use", ChangeRefusal.NotAgreed,
            "Sign in at www.synapse.org, read the terms and accept them"),
        new(SynapseFailure.Forbidden, "two factor", ChangeRefusal.NotAgreed,
            "Turn on two-factor authentication in your account's settings at www.synapse.org"),
        new(SynapseFailure.Forbidden, "fewer access restrictions", ChangeRefusal.NotAllowed,
            "What has access requirements may only go where the same ones hold; leave it, or ask Synapse's access and compliance team"),
        new(SynapseFailure.Forbidden, "unmet access requirements", ChangeRefusal.NotAgreed,
            "See its page at www.synapse.org for what they ask"),
        new(SynapseFailure.Forbidden, "certified", ChangeRefusal.NotAllowed,
            "Pass Synapse's quiz to become a certified user: www.synapse.org, account settings, certification"),
        new(SynapseFailure.Forbidden, "insufficient_scope", ChangeRefusal.NotAllowed,
            "The token does not permit changes: make one that permits view, download and modify, and run synapsefs login"),
        new(SynapseFailure.Forbidden, "CHANGE_PERMISSIONS is required", ChangeRefusal.NotAllowed,
            "Moving to another directory needs the administrator's rights on it: ask for them, or copy it and delete the original"),
        new(SynapseFailure.Forbidden, "cannot move content into", ChangeRefusal.NotAllowed,
            "Ask the owner of the other directory for permission to add to it"),
        new(SynapseFailure.Forbidden, "", ChangeRefusal.NotAllowed,
            "Ask its owner for the permission, in the sharing settings at www.synapse.org"),
        new(SynapseFailure.BadRequest, "PROJECT_STORAGE_LIMIT_EXCEEDED", ChangeRefusal.OverQuota,
            "The project's storage is used up: delete what is not needed, or ask its owner for more room"),
        new(SynapseFailure.BadRequest, "children exceeded", ChangeRefusal.Impossible,
            "Synapse holds no more in one directory: put some into a directory below it"),
        new(SynapseFailure.BadRequest, "maximum hierarchical depth", ChangeRefusal.Impossible,
            "Synapse holds no deeper directories: put it further up"),
        new(SynapseFailure.BadRequest, "invalid hierarchy", ChangeRefusal.Impossible,
            "A directory cannot be moved into itself"),
        new(SynapseFailure.BadRequest, "names may only contain", ChangeRefusal.Impossible,
            "Give it another name, or mount with --names=escape"),
        new(SynapseFailure.BadRequest, "only whitespace", ChangeRefusal.Impossible,
            "Give it another name"),
        new(SynapseFailure.BadRequest, "characters or less", ChangeRefusal.Impossible,
            "Give it a shorter name"),
        new(SynapseFailure.BadRequest, "maximum number of", ChangeRefusal.Impossible,
            "Delete versions that nobody needs at www.synapse.org, or save it under another name"),
        new(SynapseFailure.BadRequest, "cannot have a parent", ChangeRefusal.Impossible,
            "Put it into another directory"),
        new(SynapseFailure.BadRequest, "sub-folders", ChangeRefusal.Impossible,
            "Delete the directories in it first"),
        new(SynapseFailure.BadRequest, "", ChangeRefusal.Impossible, null),
        new(SynapseFailure.TooLarge, "", ChangeRefusal.Impossible,
            "Synapse takes files of up to 5 TiB: split it"),
        new(SynapseFailure.NotSupported, "", ChangeRefusal.Impossible, null),
        new(SynapseFailure.StorageRefused, "", ChangeRefusal.NotAllowed, null),
    ];

    /// <returns>Null: not refused, only in trouble.</returns>
    public static ChangeRefusal? RefusalOf(SynapseException exception, ChangeSubject subject) => exception.Failure switch
    {
        // A lock passes, a name that is taken does not.
        SynapseFailure.Conflict => exception.Status == Locked ? null : ChangeRefusal.NameTaken,
        // One that was sent just now is missing: neither the entity nor its directory is gone.
        SynapseFailure.NotFound when FileOnItsWay.IsAboutFileHandles(exception) => null,
        SynapseFailure.NotFound => IsParent(exception.Reason, subject) ? ChangeRefusal.ParentGone : ChangeRefusal.Gone,
        _ => RuleOf(exception)?.Refusal,
    };

    /// <summary>A <see cref="ChangeRefusedException"/>, or an <see cref="FsException"/> for what may pass.</summary>
    public static FsException Translate(SynapseException exception, ChangeSubject subject)
    {
        if (RefusalOf(exception, subject) is { } refusal)
            return new ChangeRefusedException(refusal, Sentence(refusal, exception, subject), exception);
        return exception.Failure switch
        {
            SynapseFailure.Conflict or SynapseFailure.StaleEtag => new FsException(
                FsError.Busy, $"{subject.What} is being changed by somebody else just now: {exception.Message}", exception),
            SynapseFailure.NotFound => new FsException(FsError.InputOutput, $"{subject.What}: {exception.Message}", exception),
            _ => SynapseErrors.Translate(exception, subject.What),
        };
    }

    /// <summary>The change's outcome, the service's failures told as refusals and troubles.</summary>
    public static async Task<T> OrRefusedAsync<T>(this Task<T> change, ChangeSubject subject)
    {
        try
        {
            return await change;
        }
        catch (SynapseException exception)
        {
            throw Translate(exception, subject);
        }
    }

    /// <summary>As <see cref="OrRefusedAsync{T}"/>.</summary>
    public static async Task OrRefusedAsync(this Task change, ChangeSubject subject)
    {
        try
        {
            await change;
        }
        catch (SynapseException exception)
        {
            throw Translate(exception, subject);
        }
    }

    private static RefusalRule? RuleOf(SynapseException exception) => Rules.FirstOrDefault(rule => rule.Fits(exception));

    private static string Sentence(ChangeRefusal refusal, SynapseException exception, ChangeSubject subject) => refusal switch
    {
        ChangeRefusal.NameTaken => $"{subject.What}: something else has this name in Synapse by now; give it another name.",
        ChangeRefusal.Gone => $"{subject.What} is not there any more: {exception.Reason}",
        ChangeRefusal.ParentGone => $"{subject.What}: the directory that it is to be in ({subject.Parent}) is not there any more; "
            + "put it somewhere else.",
        _ => $"{subject.What}: {exception.Reason}{(RuleOf(exception)?.Remedy is { } remedy ? $" {remedy}." : "")}",
    };

    // Something that is only made now cannot be gone; of something that is moved the reason says which of the two it is.
    private static bool IsParent(string reason, ChangeSubject subject) =>
        subject.Id is null || (subject.Parent is { } parent && Names(reason, parent) && !Names(reason, subject.Id));

    // syn12 does not stand in syn123.
    private static bool Names(string reason, string id)
    {
        for (var at = reason.IndexOf(id, StringComparison.Ordinal); at >= 0; at = reason.IndexOf(id, at + 1, StringComparison.Ordinal))
        {
            if (at + id.Length == reason.Length || !char.IsAsciiDigit(reason[at + id.Length]))
                return true;
        }
        return false;
    }
}
