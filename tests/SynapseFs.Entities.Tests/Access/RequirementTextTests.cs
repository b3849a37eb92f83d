using SynapseFs.Api;
using SynapseFs.Entities.Access;
using SynapseFs.Entities.Describing;

namespace SynapseFs.Entities.Tests.Access;

internal sealed class RequirementTextTests
{
    [TestCase("SelfSignAccessRequirement", "accept its terms")]
    [TestCase("TermsOfUseAccessRequirement", "accept its terms")]
    [TestCase("ManagedACTAccessRequirement", "request access")]
    [TestCase("ACTAccessRequirement", "ask Synapse's access and compliance team")]
    [TestCase("LockAccessRequirement", "it is locked until")]
    [TestCase("SomethingNewAccessRequirement", "meet what it asks for")]
    public void Each_kind_says_what_to_do(string kind, string words) =>
        Assert.That(RequirementText.Paragraph(Requirement(kind)), Does.StartWith("* \"Terms\" (requirement 7): ").And.Contains(words));

    [Test]
    public void What_is_asked_for_and_its_own_words_are_told()
    {
        var text = RequirementText.Paragraph(Requirement("ManagedACTAccessRequirement") with
        {
            IsDucRequired = true,
            IsTwoFaRequired = true,
            IsIrbApprovalRequired = false,
            TermsOfUse = "Be good.\r\nShare alike.",
        });

        Assert.That(text, Does.Contain("asks for two-factor authentication, a signed data use certificate.").And.Not.Contains("IRB"));
        Assert.That(text, Does.Contain("\n    Be good.\n    Share alike.\n"));
    }

    [Test]
    public void Only_what_is_not_met_locks()
    {
        var portal = new Portal(new Uri("https://portal.example/"));

        Assert.That(RequirementText.WhyLocked("syn1", new EntityBundle(), portal), Is.Null);
        Assert.That(RequirementText.WhyLocked("syn1", Bundle(false, "CONTROLLED_BY_ACT"), portal), Is.Null);
        Assert.That(RequirementText.WhyLocked("syn1", Bundle(true, "CONTROLLED_BY_ACT"), portal), Does.Contain("given access").And.EndsWith("example/Synapse:syn1"));
        Assert.That(RequirementText.WhyLocked("syn1", Bundle(true, "RESTRICTED_BY_TERMS_OF_USE"), portal), Does.Contain("accept its terms"));
    }

    private static AccessRequirement Requirement(string kind) =>
        new() { Id = 7, Name = "Terms", ConcreteType = $"org.sagebionetworks.repo.model.{kind}" };

    private static EntityBundle Bundle(bool isUnmet, string level) =>
        new() { RestrictionInformation = new RestrictionInformation { HasUnmetAccessRequirement = isUnmet, RestrictionLevel = level } };
}
