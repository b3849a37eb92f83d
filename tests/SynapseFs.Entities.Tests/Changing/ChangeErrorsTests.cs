using SynapseFs.Client;
using SynapseFs.Core.Providers;
using SynapseFs.Entities.Changing;
using SynapseFs.Vfs;

namespace SynapseFs.Entities.Tests.Changing;

internal sealed class ChangeErrorsTests
{
    private static readonly ChangeSubject New = new("'a.txt'", Id: null, Parent: "syn12");
    private static readonly ChangeSubject Moved = new("'a.txt'", Id: "syn1", Parent: "syn12");

    [TestCase(401, "Invalid access token", ChangeRefusal.NotSignedIn)]
    [TestCase(403, "Anonymous users have only READ access permission.", ChangeRefusal.NotSignedIn)]
    [TestCase(403, "Anonymous cannot upload files.", ChangeRefusal.NotSignedIn)]
    [TestCase(403, "Terms of use have not been signed.", ChangeRefusal.NotAgreed)]
    [TestCase(403, "You need to enable two factor authentication to access the requested entity.", ChangeRefusal.NotAgreed)]
    [TestCase(403, "There are unmet access requirements that must be met to read content in the requested container.",
        ChangeRefusal.NotAgreed)]
    [TestCase(403, "Only certified users may create or update content in Synapse.", ChangeRefusal.NotAllowed)]
    [TestCase(403, "insufficient_scope. Request lacks scope(s) required by this service: modify", ChangeRefusal.NotAllowed)]
    [TestCase(403, "CHANGE_PERMISSIONS is required to move to a new location", ChangeRefusal.NotAllowed)]
    [TestCase(403, "Cannot move restricted entity to a location having fewer access restrictions.", ChangeRefusal.NotAllowed)]
    [TestCase(403, "You cannot move content into the new location, syn12. You lack CREATE access to the requested entity.",
        ChangeRefusal.NotAllowed)]
    [TestCase(403, "You lack UPDATE access to the requested entity.", ChangeRefusal.NotAllowed)]
    [TestCase(409, "An entity with the name: a.txt already exists with a parentId: syn12", ChangeRefusal.NameTaken)]
    [TestCase(400, "Invalid Name: 'ä'. Names may only contain: letters, numbers, spaces", ChangeRefusal.Impossible)]
    [TestCase(400, "Name must be 256 characters or less", ChangeRefusal.Impossible)]
    [TestCase(400, "Limit of 10000 children exceeded for parent: syn12", ChangeRefusal.Impossible)]
    [TestCase(400, "Exceeded the maximum hierarchical depth of: 50 for parent: syn12", ChangeRefusal.Impossible)]
    [TestCase(400, "Exceeded the maximum number of 15000 versions for a single Entity", ChangeRefusal.Impossible)]
    [TestCase(400, "Invalid hierarchy: an entity cannot be an ancestor of itself", ChangeRefusal.Impossible)]
    [TestCase(400, "Something nobody has heard of.", ChangeRefusal.Impossible)]
    [TestCase(413, "Request Entity Too Large", ChangeRefusal.Impossible)]
    public void Every_refusal_has_its_kind_and_a_sentence(int status, string reason, ChangeRefusal expected)
    {
        var translated = Translate(Answer(status, reason), Moved);

        Assert.That(translated, Is.TypeOf<ChangeRefusedException>());
        Assert.That(((ChangeRefusedException)translated).Refusal, Is.EqualTo(expected));
        Assert.That(translated.Message, Does.StartWith("'a.txt': "));
    }

    [TestCase("Entity syn12 is in trash can.", ChangeRefusal.ParentGone)]
    [TestCase("Cannot find a node with id: syn12", ChangeRefusal.ParentGone)]
    [TestCase("Resource: 'syn1' does not exist", ChangeRefusal.Gone)]
    [TestCase("Entity syn1 is in trash can.", ChangeRefusal.Gone)]
    [TestCase("The resource you are attempting to access cannot be found", ChangeRefusal.Gone)]
    public void What_is_missing_is_told_apart_by_its_id(string reason, ChangeRefusal expected) =>
        Assert.That(ChangeErrors.RefusalOf(Answer(404, reason), Moved), Is.EqualTo(expected));

    [Test]
    public void What_is_only_made_now_cannot_be_gone_itself() => Assert.That(
        ChangeErrors.RefusalOf(Answer(404, "The resource you are attempting to access cannot be found"), New),
        Is.EqualTo(ChangeRefusal.ParentGone));

    [TestCase("The file handle 90210 does not exist")]
    [TestCase("FileHandle: '90210' cannot be found")]
    public void A_missing_file_handle_is_neither_the_entity_nor_its_directory(string reason) =>
        Assert.That(Translate(Answer(404, reason), New), Is.TypeOf<FsException>().With.Property("Error").EqualTo(FsError.InputOutput));

    [Test]
    public void Used_up_storage_is_told_by_its_code()
    {
        var exception = new SynapseException(SynapseFailure.BadRequest, "No.", 400, "The project exceeds its limit.")
        {
            Code = "PROJECT_STORAGE_LIMIT_EXCEEDED",
        };

        Assert.That(ChangeErrors.RefusalOf(exception, New), Is.EqualTo(ChangeRefusal.OverQuota));
        Assert.That(Translate(exception, New).Message, Does.Contain("delete what is not needed"));
    }

    [Test]
    public void A_content_beyond_what_synapse_takes_is_impossible() => Assert.That(
        ChangeErrors.RefusalOf(new SynapseException(SynapseFailure.TooLarge, "Larger than 5 TiB."), New),
        Is.EqualTo(ChangeRefusal.Impossible));

    [TestCase(423, SynapseFailure.Conflict, FsError.Busy)]
    [TestCase(412, SynapseFailure.StaleEtag, FsError.Busy)]
    [TestCase(429, SynapseFailure.Throttled, FsError.Offline)]
    [TestCase(503, SynapseFailure.Unavailable, FsError.Offline)]
    [TestCase(null, SynapseFailure.Offline, FsError.Offline)]
    [TestCase(null, SynapseFailure.LocalFile, FsError.InputOutput)]
    [TestCase(200, SynapseFailure.Unexpected, FsError.InputOutput)]
    public void What_may_pass_is_no_refusal(int? status, SynapseFailure failure, FsError expected)
    {
        var translated = Translate(new SynapseException(failure, "Trouble.", status), Moved);

        Assert.That(translated, Is.TypeOf<FsException>());
        Assert.That(translated.Error, Is.EqualTo(expected));
        Assert.That(translated.Message, Does.Contain("'a.txt'").And.Contain("Trouble."));
    }

    private static FsException Translate(SynapseException exception, ChangeSubject subject) => ChangeErrors.Translate(exception, subject);

    private static SynapseException Answer(int status, string reason) =>
        new(FailureOf(status), $"Synapse refuses: {reason}", status, reason);

    private static SynapseFailure FailureOf(int status) => status switch
    {
        400 => SynapseFailure.BadRequest,
        401 => SynapseFailure.Unauthorized,
        403 => SynapseFailure.Forbidden,
        404 => SynapseFailure.NotFound,
        409 => SynapseFailure.Conflict,
        _ => SynapseFailure.TooLarge,
    };
}
