using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.People;

/// <summary>
/// Several facts about a user in one answer, and the record of the certification quiz. Nobody is verified here, and there are
/// no ORCIDs. Source: UserProfileServiceImpl, CertifiedUserManagerImpl.
/// </summary>
internal sealed class UserBundles(Users users, Profiles profiles, Callers callers)
{
    private const int Profile = 0x1;
    private const int IsCertified = 0x8;
    private const int IsVerified = 0x10;
    private const int IsActMember = 0x20;
    private const int IsArReviewer = 0x40;

    /// <summary>The one quiz there is.</summary>
    private const long Quiz = 1;

    public UserBundle Get(Caller caller, long id, int mask)
    {
        // The profile first: groups have none, so that they are not found rather than refused, and clients count on that.
        var profile = (mask & Profile) != 0 ? profiles.Require(caller, id) : null;
        var user = callers.Require(id);
        var isOfAct = user.Groups.Contains(Principals.AccessAndCompliance);
        return new UserBundle
        {
            UserId = user.IdText,
            UserProfile = profile,
            IsCertified = (mask & IsCertified) != 0 ? user.IsCertified : null,
            IsVerified = (mask & IsVerified) != 0 ? false : null,
            IsActMember = (mask & IsActMember) != 0 ? isOfAct : null,
            IsArReviewer = (mask & IsArReviewer) != 0 ? isOfAct : null,
        };
    }

    public PassingRecord PassingRecord(long id) => users.Get(id) is { IsCertified: true } user
        ? new PassingRecord
        {
            UserId = EntityShape.Text(id),
            QuizId = Quiz,
            Passed = true,
            PassedOn = EntityShape.Date(user.CreatedOn),
            Revoked = false,
            Certified = true,
        }
        : throw ServiceException.NotFound($"No quiz results for quiz {Quiz} and user {id}");
}
