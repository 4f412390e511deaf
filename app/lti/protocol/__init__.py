"""LTI 1.3 Advantage as pure functions: what a message means, whether it may be believed, what is answered.

Nothing here asks the network, the clock or the database; all three come in as arguments.
Sources: LTI Core 1.3, Security Framework 1.0, Deep Linking 2.0, Names and Roles 2.0, Assignment and Grade
Services 2.0, Dynamic Registration 1.0, Submission Review 1.0 (all 1EdTech); OpenID Connect Core 1.0.
"""
